WITH
-- One closer's controls of one declarant on one day: alike, and often closed in one go.
batches AS (
SELECT
  closed_controls.office AS office,
  closed_controls.lane AS lane,
  YEAR(closed_controls.day) * 12 + MONTH(closed_controls.day) AS month,
  closed_controls.day AS day,
  closed_controls.superior AS superior,
  closed_controls.closer AS closer,
  closed_controls.declarant AS declarant,
  COUNT(*) AS n,
  SUM(GREATEST(closed_controls.no_act, closed_controls.stranger)) AS x,
  SUM(closed_controls.no_act) AS no_act,
  SUM(closed_controls.stranger) AS stranger,
  COUNT(*) FILTER(WHERE
    closed_controls.closer = closed_controls.officer) AS as_examiner
FROM closed_controls AS closed_controls
WHERE
  1 = 1
GROUP BY
  closed_controls.office,
  closed_controls.lane,
  YEAR(closed_controls.day) * 12 + MONTH(closed_controls.day),
  closed_controls.day,
  closed_controls.superior,
  closed_controls.closer,
  closed_controls.declarant
)

-- The same by month, with the batches counted.
SELECT
  batches.office AS office,
  batches.lane AS lane,
  batches.month AS month,
  batches.superior AS superior,
  batches.closer AS closer,
  batches.declarant AS declarant,
  SUM(batches.n) AS n,
  SUM(batches.x) AS x,
  SUM(batches.no_act) AS no_act,
  SUM(batches.stranger) AS stranger,
  COUNT(*) AS batches,
  COUNT(*) FILTER(WHERE
    batches.x > 0) AS batches_x,
  SUM(batches.as_examiner) > 0 AS examiner
FROM batches AS batches
GROUP BY
  batches.office,
  batches.lane,
  batches.month,
  batches.superior,
  batches.closer,
  batches.declarant
