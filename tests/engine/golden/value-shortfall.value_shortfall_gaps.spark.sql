WITH
-- The importer's own middle log unit value of a product, origin and measure over the year, of enough items without like goods.
own_middles AS (
SELECT
  value_distances.declarant AS declarant,
  value_distances.importer AS importer,
  value_distances.goods AS goods,
  PERCENTILE(value_distances.final_log, 0.5) AS middle
FROM value_distances AS value_distances
WHERE
  value_distances.reference IS NULL
GROUP BY
  value_distances.declarant,
  value_distances.importer,
  value_distances.goods
HAVING
  COUNT(*) >= 5
),

-- Distances to that middle, drawn in alike.
own_drawn_in AS (
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
  p.own_line AS own_line,
  CASE
    WHEN p.final_log - m.middle > 2000
    THEN CAST(RINT(
      CAST(FLOOR(
        p.own_tax * EXP(-(
          p.final_log - m.middle - 2000
        ) / CAST(1000.0 AS DOUBLE)) + 0.5
      ) AS DOUBLE)
    ) AS BIGINT)
    ELSE p.own_tax
  END AS tax,
  CAST(RINT(
    CAST(FLOOR(LEAST(GREATEST(p.final_log - m.middle, -2000), 2000) + 0.5) AS DOUBLE)
  ) AS BIGINT) AS distance,
  CAST(RINT(
    CAST(FLOOR(LEAST(GREATEST(p.final_log - p.raised - m.middle, -2000), 2000) + 0.5) AS DOUBLE)
  ) AS BIGINT) AS declared_distance
FROM value_distances AS p
JOIN own_middles AS m
  ON m.declarant = p.declarant AND m.importer = p.importer AND m.goods = p.goods
WHERE
  p.reference IS NULL
),

-- An importer's goods of one product, origin, quarter and measure, in one section, where more than one officer handled them.
own_lines AS (
SELECT
  own_drawn_in.office AS office,
  own_drawn_in.declarant AS declarant,
  own_drawn_in.importer AS importer,
  own_drawn_in.own_line AS own_line
FROM own_drawn_in AS own_drawn_in
GROUP BY
  own_drawn_in.office,
  own_drawn_in.declarant,
  own_drawn_in.importer,
  own_drawn_in.own_line
HAVING
  MIN(own_drawn_in.officer) <> MAX(own_drawn_in.officer)
),

-- Each item's gap to that reference, as assessed and as declared, and of items without like goods that to the importer's middle.
compared AS (
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
  d.hs6 AS hs6,
  d.measure AS measure,
  d.tax AS tax,
  1 AS alike,
  CAST(RINT(CAST(FLOOR(d.distance - d.reference + 0.5) AS DOUBLE)) AS BIGINT) AS gap,
  CAST(RINT(CAST(FLOOR(d.declared_distance - d.reference + 0.5) AS DOUBLE)) AS BIGINT) AS declared_gap
FROM value_distances AS d
WHERE
  NOT d.reference IS NULL
UNION ALL
SELECT
  d.declaration_no AS declaration_no,
  d.item_no AS item_no,
  d.office AS office,
  d.declarant AS declarant,
  d.importer AS importer,
  d.officer AS officer,
  d.day AS day,
  d.week AS week,
  d.own_line AS line,
  d.hs6 AS hs6,
  d.measure AS measure,
  d.tax AS tax,
  0 AS alike,
  d.distance AS gap,
  d.declared_distance AS declared_gap
FROM own_drawn_in AS d
JOIN own_lines AS o
  ON o.office = d.office
  AND o.declarant = d.declarant
  AND o.importer = d.importer
  AND o.own_line = d.own_line
)

-- The tax that each item would bear at the reference's price, and the same times its gap.
SELECT
  compared.declaration_no AS declaration_no,
  compared.item_no AS item_no,
  compared.office AS office,
  compared.declarant AS declarant,
  compared.importer AS importer,
  compared.officer AS officer,
  compared.day AS day,
  compared.week AS week,
  compared.line AS line,
  compared.hs6 AS hs6,
  compared.measure AS measure,
  compared.tax AS tax,
  compared.alike AS alike,
  compared.gap AS gap,
  compared.declared_gap AS declared_gap,
  CAST(RINT(
    CAST(FLOOR(compared.tax * EXP(CAST(-compared.gap AS DOUBLE) / CAST(1000.0 AS DOUBLE)) + 0.5) AS DOUBLE)
  ) AS BIGINT) AS reference_tax,
  CAST(RINT(
    CAST(FLOOR(
      compared.tax * EXP(CAST(-compared.gap AS DOUBLE) / CAST(1000.0 AS DOUBLE)) * compared.gap / CAST(1000.0 AS DOUBLE) + 0.5
    ) AS DOUBLE)
  ) AS BIGINT) AS gap_tax
FROM compared AS compared
