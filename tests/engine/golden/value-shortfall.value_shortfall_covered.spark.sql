WITH
-- Items priced.
priced_pairs AS (
SELECT
  priced_goods.office AS office,
  priced_goods.declarant AS declarant,
  priced_goods.officer AS officer,
  COUNT(*) AS priced,
  SUM(priced_goods.tax) AS tax
FROM priced_goods AS priced_goods
GROUP BY
  priced_goods.office,
  priced_goods.declarant,
  priced_goods.officer
),

-- Items with like goods, and items beside the importer's own goods alone.
gap_pairs AS (
SELECT
  value_gaps.office AS office,
  value_gaps.declarant AS declarant,
  value_gaps.officer AS officer,
  SUM(value_gaps.alike) AS alike,
  SUM(1 - value_gaps.alike) AS own
FROM value_gaps AS value_gaps
GROUP BY
  value_gaps.office,
  value_gaps.declarant,
  value_gaps.officer
)

-- Both, by pair.
SELECT
  p.office AS office,
  p.declarant AS declarant,
  p.officer AS officer,
  p.priced AS priced,
  p.tax AS tax,
  COALESCE(g.alike, 0) AS referenced,
  COALESCE(g.own, 0) AS own
FROM priced_pairs AS p
LEFT JOIN gap_pairs AS g
  ON g.office = p.office
  AND g.declarant = p.declarant
  AND g.officer IS NOT DISTINCT FROM p.officer
ORDER BY
  p.office NULLS LAST,
  p.declarant NULLS LAST,
  p.officer NULLS LAST
