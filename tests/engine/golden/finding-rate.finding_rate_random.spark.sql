WITH
-- What was found on a declaration, by anyone.
outcomes AS (
SELECT
  inspections.declaration_no AS declaration_no,
  MAX(CASE WHEN inspections.outcome = 'discrepancy' THEN 1 ELSE 0 END) AS found
FROM inspections AS inspections
WHERE
  NOT inspections.outcome IS NULL
GROUP BY
  inspections.declaration_no
)

-- Declarations selected at random, whether or not they were examined; and those selected by criteria.
SELECT
  d.office AS office,
  d.lane_assigned AS lane,
  CASE WHEN d.lane_reason = 'random' THEN 'random' ELSE 'criteria' END AS selected,
  COUNT(*) AS n,
  COUNT(o.found) AS examined,
  SUM(COALESCE(o.found, 0)) AS found
FROM declarations AS d
LEFT JOIN outcomes AS o
  ON o.declaration_no = d.declaration_no
WHERE
  d.registered_on >= CAST('2024-01-01' AS DATE)
  AND d.registered_on < CAST('2027-01-01' AS DATE)
  AND (
    d.lane_reason = 'random' OR d.lane_assigned IN ('red', 'yellow')
  )
GROUP BY
  d.office,
  d.lane_assigned,
  CASE WHEN d.lane_reason = 'random' THEN 'random' ELSE 'criteria' END
ORDER BY
  office NULLS LAST,
  lane NULLS LAST,
  selected NULLS LAST
