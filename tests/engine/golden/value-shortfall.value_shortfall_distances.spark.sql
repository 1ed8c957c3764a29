WITH
-- Goods of one product, origin, quarter and measure, with their middle log unit value; a line is a product in a quarter, of any origin, and in one section.
like_goods AS (
SELECT
  priced_goods.hs6 AS hs6,
  priced_goods.origin AS origin,
  priced_goods.quarter AS quarter,
  priced_goods.measure AS measure,
  PERCENTILE(priced_goods.final_log, 0.5) AS middle,
  ROW_NUMBER() OVER (
    ORDER BY priced_goods.hs6 NULLS LAST, priced_goods.origin NULLS LAST, priced_goods.quarter NULLS LAST, priced_goods.measure NULLS LAST
  ) AS cell,
  DENSE_RANK() OVER (
    ORDER BY priced_goods.hs6 NULLS LAST, priced_goods.quarter NULLS LAST, priced_goods.measure NULLS LAST
  ) AS line,
  DENSE_RANK() OVER (
    ORDER BY priced_goods.hs6 NULLS LAST, priced_goods.origin NULLS LAST, priced_goods.measure NULLS LAST
  ) AS goods
FROM priced_goods AS priced_goods
GROUP BY
  priced_goods.hs6,
  priced_goods.origin,
  priced_goods.quarter,
  priced_goods.measure
),

-- Sections by number: goods of two sections of an office are no line, since they have other officers.
sections AS (
SELECT
  s.section AS section,
  ROW_NUMBER() OVER (ORDER BY s.section NULLS LAST) AS number,
  COUNT(*) OVER () AS sections
FROM (
  SELECT DISTINCT
    priced_goods.section AS section
  FROM priced_goods AS priced_goods
) AS s
),

-- Distances to the middle; beyond a factor of seven they are drawn in to it, and the tax of an item as far above with them.
drawn_in AS (
SELECT
  p.declaration_no AS declaration_no,
  p.item_no AS item_no,
  p.office AS office,
  p.declarant AS declarant,
  p.importer AS importer,
  p.officer AS officer,
  p.day AS day,
  p.week AS week,
  p.hs6 AS hs6,
  p.measure AS measure,
  g.cell AS cell,
  2 * (
    (
      g.line - 1
    ) * s.sections + s.number
  ) AS line,
  g.goods AS goods,
  2 * (
    (
      g.cell - 1
    ) * s.sections + s.number
  ) + 1 AS own_line,
  p.final_log AS final_log,
  p.raised AS raised,
  p.tax AS own_tax,
  CASE
    WHEN p.final_log - g.middle > 2000
    THEN CAST(RINT(
      CAST(FLOOR(p.tax * EXP(-(
        p.final_log - g.middle - 2000
      ) / CAST(1000.0 AS DOUBLE)) + 0.5) AS DOUBLE)
    ) AS BIGINT)
    ELSE p.tax
  END AS tax,
  CAST(RINT(
    CAST(FLOOR(LEAST(GREATEST(p.final_log - g.middle, -2000), 2000) + 0.5) AS DOUBLE)
  ) AS BIGINT) AS distance,
  CAST(RINT(
    CAST(FLOOR(LEAST(GREATEST(p.final_log - p.raised - g.middle, -2000), 2000) + 0.5) AS DOUBLE)
  ) AS BIGINT) AS declared_distance
FROM priced_goods AS p
JOIN like_goods AS g
  ON g.hs6 = p.hs6
  AND g.origin IS NOT DISTINCT FROM p.origin
  AND g.quarter = p.quarter
  AND g.measure = p.measure
JOIN sections AS s
  ON s.section = p.section
),

-- Each declarant's part of the like goods.
by_declarant AS (
SELECT
  drawn_in.cell AS cell,
  drawn_in.declarant AS declarant,
  COUNT(*) AS n,
  SUM(drawn_in.distance) AS distance
FROM drawn_in AS drawn_in
GROUP BY
  drawn_in.cell,
  drawn_in.declarant
),

-- All of the like goods.
by_cell AS (
SELECT
  by_declarant.cell AS cell,
  SUM(by_declarant.n) AS n,
  SUM(by_declarant.distance) AS distance,
  COUNT(*) AS declarants
FROM by_declarant AS by_declarant
GROUP BY
  by_declarant.cell
),

-- The mean of the like goods of all other declarants, where there are enough of both.
reference AS (
SELECT
  b.cell AS cell,
  b.declarant AS declarant,
  CAST(c.distance - b.distance AS DOUBLE) / NULLIF(CAST(c.n - b.n AS DOUBLE), 0) AS mean
FROM by_declarant AS b
JOIN by_cell AS c
  ON c.cell = b.cell
WHERE
  c.n - b.n >= 10 AND c.declarants - 1 >= 3
)

-- Each item with that mean; empty where there are too few.
SELECT
  d.declaration_no AS declaration_no,
  d.item_no AS item_no,
  d.office AS office,
  d.declarant AS declarant,
  d.importer AS importer,
  d.officer AS officer,
  d.day AS day,
  d.week AS week,
  d.line AS line,
  d.goods AS goods,
  d.own_line AS own_line,
  d.final_log AS final_log,
  d.raised AS raised,
  d.own_tax AS own_tax,
  d.hs6 AS hs6,
  d.measure AS measure,
  d.tax AS tax,
  d.distance AS distance,
  d.declared_distance AS declared_distance,
  r.mean AS reference
FROM drawn_in AS d
LEFT JOIN reference AS r
  ON r.cell = d.cell AND r.declarant = d.declarant
