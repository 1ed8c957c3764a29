WITH
-- An officer's examinations of one declarant's like goods on one day.
batches AS (
SELECT
  examined_goods.office AS office,
  examined_goods.section AS section,
  examined_goods.lane AS lane,
  examined_goods.random AS random,
  examined_goods.goods AS goods,
  YEAR(examined_goods.day) * 4 + QUARTER(examined_goods.day) AS quarter,
  examined_goods.day AS day,
  examined_goods.officer AS officer,
  examined_goods.declarant AS declarant,
  COUNT(*) AS n,
  SUM(examined_goods.found) AS found,
  SUM(examined_goods.tax) AS tax
FROM examined_goods AS examined_goods
WHERE
  1 = 1
GROUP BY
  examined_goods.office,
  examined_goods.section,
  examined_goods.lane,
  examined_goods.random,
  examined_goods.goods,
  YEAR(examined_goods.day) * 4 + QUARTER(examined_goods.day),
  examined_goods.day,
  examined_goods.officer,
  examined_goods.declarant
)

-- The same by quarter, with the batches counted.
SELECT
  batches.office AS office,
  batches.section AS section,
  batches.lane AS lane,
  batches.random AS random,
  batches.goods AS goods,
  batches.quarter AS quarter,
  batches.officer AS officer,
  batches.declarant AS declarant,
  SUM(batches.n) AS n,
  SUM(batches.found) AS found,
  SUM(batches.tax) AS tax,
  COUNT(*) AS batches,
  COUNT(*) FILTER(WHERE
    batches.found > 0) AS batches_found
FROM batches AS batches
GROUP BY
  batches.office,
  batches.section,
  batches.lane,
  batches.random,
  batches.goods,
  batches.quarter,
  batches.officer,
  batches.declarant
