WITH
-- An officer's goods of one importer, product and quarter in one week.
parcels AS (
SELECT
  value_gaps.office AS office,
  value_gaps.declarant AS declarant,
  value_gaps.importer AS importer,
  value_gaps.line AS line,
  value_gaps.officer AS officer,
  value_gaps.week AS week,
  COUNT(*) AS n,
  SUM(value_gaps.gap) AS gap,
  SUM(value_gaps.declared_gap) AS declared_gap,
  SUM(value_gaps.tax) AS tax,
  SUM(value_gaps.reference_tax) AS reference_tax,
  SUM(value_gaps.gap_tax) AS gap_tax
FROM value_gaps AS value_gaps
GROUP BY
  value_gaps.office,
  value_gaps.declarant,
  value_gaps.importer,
  value_gaps.line,
  value_gaps.officer,
  value_gaps.week
),

-- The same over the weeks.
arms AS (
SELECT
  parcels.office AS office,
  parcels.declarant AS declarant,
  parcels.importer AS importer,
  parcels.line AS line,
  parcels.officer AS officer,
  SUM(parcels.n) AS n,
  SUM(parcels.gap) AS gap,
  SUM(parcels.declared_gap) AS declared_gap,
  COUNT(*) AS parcels
FROM parcels AS parcels
GROUP BY
  parcels.office,
  parcels.declarant,
  parcels.importer,
  parcels.line,
  parcels.officer
),

-- An importer's goods of one product and quarter, where more than one officer handled them.
line_sums AS (
SELECT
  arms.office AS office,
  arms.declarant AS declarant,
  arms.importer AS importer,
  arms.line AS line,
  CAST(SUM(arms.n) AS DOUBLE) AS n,
  CAST(SUM(arms.gap) AS DOUBLE) AS gap,
  CAST(SUM(arms.declared_gap) AS DOUBLE) AS declared_gap,
  CAST(SUM(arms.parcels) AS DOUBLE) AS parcels
FROM arms AS arms
GROUP BY
  arms.office,
  arms.declarant,
  arms.importer,
  arms.line
HAVING
  COUNT(*) > 1
),

-- Their means, and the factor that gives back the degree of freedom that a mean takes.
lines AS (
SELECT
  line_sums.office AS office,
  line_sums.declarant AS declarant,
  line_sums.importer AS importer,
  line_sums.line AS line,
  line_sums.n AS n,
  line_sums.gap / NULLIF(line_sums.n, 0) AS mean,
  line_sums.declared_gap / NULLIF(line_sums.n, 0) AS declared_mean,
  EXP(
    0.5 * LN(
      IF(
        NULLIF(line_sums.parcels / NULLIF(line_sums.parcels - 1, 0), 0) < 0,
        CAST('NaN' AS DOUBLE),
        NULLIF(line_sums.parcels / NULLIF(line_sums.parcels - 1, 0), 0)
      )
    )
  ) AS factor
FROM line_sums AS line_sums
),

-- Each parcel's distance to the importer's own goods of the line, in logs and in tax.
told_apart AS (
SELECT
  p.office AS office,
  p.declarant AS declarant,
  p.importer AS importer,
  p.officer AS officer,
  p.week AS week,
  p.n AS n,
  p.gap AS gap,
  p.gap - p.n * l.mean AS apart,
  p.declared_gap - p.n * l.declared_mean AS declared_apart,
  (
    p.gap - p.n * l.mean
  ) * l.factor AS spread,
  (
    p.reference_tax * l.mean / CAST(1000.0 AS DOUBLE) - p.gap_tax
  ) * EXP(l.mean / CAST(1000.0 AS DOUBLE)) AS short,
  p.reference_tax * EXP(l.mean / CAST(1000.0 AS DOUBLE)) AS tax
FROM parcels AS p
JOIN lines AS l
  ON l.office = p.office
  AND l.declarant = p.declarant
  AND l.importer = p.importer
  AND l.line = p.line
),

-- What a pair's goods can tell: items, less the officer's own share of each line.
known AS (
SELECT
  a.office AS office,
  a.declarant AS declarant,
  a.officer AS officer,
  SUM(
    CAST(RINT(
      CAST(FLOOR(a.n * (
        1.0 - CAST(a.n AS DOUBLE) / NULLIF(l.n, 0)
      ) * 1000 + 0.5) AS DOUBLE)
    ) AS BIGINT)
  ) AS information
FROM arms AS a
JOIN lines AS l
  ON l.office = a.office
  AND l.declarant = a.declarant
  AND l.importer = a.importer
  AND l.line = a.line
GROUP BY
  a.office,
  a.declarant,
  a.officer
),

-- As whole numbers, so that sums do not depend on their order.
rounded AS (
SELECT
  told_apart.office AS office,
  told_apart.declarant AS declarant,
  told_apart.importer AS importer,
  told_apart.officer AS officer,
  told_apart.week AS week,
  told_apart.n AS n,
  told_apart.gap AS gap,
  CAST(RINT(CAST(FLOOR(told_apart.apart + 0.5) AS DOUBLE)) AS BIGINT) AS apart,
  CAST(RINT(CAST(FLOOR(told_apart.declared_apart + 0.5) AS DOUBLE)) AS BIGINT) AS declared_apart,
  CAST(RINT(CAST(FLOOR(told_apart.spread + 0.5) AS DOUBLE)) AS BIGINT) AS spread,
  CAST(RINT(CAST(FLOOR(told_apart.short + 0.5) AS DOUBLE)) AS BIGINT) AS short,
  CAST(RINT(CAST(FLOOR(told_apart.tax + 0.5) AS DOUBLE)) AS BIGINT) AS tax
FROM told_apart AS told_apart
),

-- An officer's week of one importer: what is declared together goes together. Spread is in hundredths.
lots AS (
SELECT
  rounded.office AS office,
  rounded.declarant AS declarant,
  rounded.importer AS importer,
  rounded.officer AS officer,
  rounded.week AS week,
  SUM(rounded.n) AS n,
  SUM(rounded.gap) AS gap,
  SUM(rounded.apart) AS apart,
  SUM(rounded.declared_apart) AS declared_apart,
  SUM(rounded.short) AS short,
  SUM(rounded.tax) AS tax,
  CAST(RINT(
    CAST(FLOOR(CAST(SUM(rounded.spread) AS DOUBLE) / CAST(10.0 AS DOUBLE) + 0.5) AS DOUBLE)
  ) AS BIGINT) AS spread
FROM rounded AS rounded
GROUP BY
  rounded.office,
  rounded.declarant,
  rounded.importer,
  rounded.officer,
  rounded.week
),

-- Lots and their sums of powers; money of even and odd weeks apart.
shares AS (
SELECT
  lots.office AS office,
  lots.declarant AS declarant,
  lots.importer AS importer,
  lots.officer AS officer,
  COUNT(*) AS lots,
  SUM(lots.n) AS n,
  SUM(lots.gap) AS gap,
  SUM(lots.apart) AS apart,
  SUM(lots.declared_apart) AS declared_apart,
  SUM(lots.spread) AS spread,
  SUM(lots.spread * lots.spread) AS spread2,
  SUM(lots.spread * lots.spread * lots.spread) AS spread3,
  SUM(CASE WHEN lots.week % 2 = 0 THEN lots.short ELSE 0 END) AS short_even,
  SUM(CASE WHEN lots.week % 2 = 1 THEN lots.short ELSE 0 END) AS short_odd,
  SUM(lots.tax) AS tax
FROM lots AS lots
GROUP BY
  lots.office,
  lots.declarant,
  lots.importer,
  lots.officer
),

-- All lots of an importer, whoever handled them.
importers AS (
SELECT
  shares.office AS office,
  shares.declarant AS declarant,
  shares.importer AS importer,
  CAST(SUM(shares.lots) AS DOUBLE) AS lots,
  CAST(SUM(shares.spread) AS DOUBLE) / NULLIF(CAST(SUM(shares.lots) AS DOUBLE), 0) AS mean,
  CAST(SUM(shares.spread) AS DOUBLE) AS spread,
  CAST(SUM(shares.spread2) AS DOUBLE) AS spread2,
  CAST(SUM(shares.spread3) AS DOUBLE) AS spread3
FROM shares AS shares
GROUP BY
  shares.office,
  shares.declarant,
  shares.importer
),

-- The moments of drawing the officer's number of lots from the importer's.
draws AS (
SELECT
  s.office AS office,
  s.declarant AS declarant,
  s.officer AS officer,
  s.lots AS lots,
  s.n AS n,
  s.gap AS gap,
  s.apart AS apart,
  s.declared_apart AS declared_apart,
  s.short_even AS short_even,
  s.short_odd AS short_odd,
  s.tax AS tax,
  CAST(RINT(m.lots) AS BIGINT) - s.lots AS other_lots,
  s.lots * (
    m.lots - s.lots
  ) / NULLIF(m.lots * (
    m.lots - 1
  ), 0) * (
    m.spread2 - m.spread * m.mean
  ) AS variance,
  COALESCE(
    s.lots * (
      m.lots - s.lots
    ) * (
      m.lots - 2 * s.lots
    ) / NULLIF(m.lots * (
      m.lots - 1
    ) * (
      m.lots - 2
    ), 0) * (
      m.spread3 - 3 * m.mean * m.spread2 + 2 * m.lots * m.mean * m.mean * m.mean
    ),
    0
  ) AS cubed
FROM shares AS s
JOIN importers AS m
  ON m.office = s.office AND m.declarant = s.declarant AND m.importer = s.importer
),

-- Sums over the importers.
summed AS (
SELECT
  draws.office AS office,
  draws.declarant AS declarant,
  draws.officer AS officer,
  SUM(draws.lots) AS lots,
  SUM(draws.other_lots) AS other_lots,
  SUM(draws.n) AS n,
  SUM(draws.gap) AS gap,
  SUM(draws.apart) AS apart,
  SUM(draws.declared_apart) AS declared_apart,
  SUM(CAST(RINT(CAST(FLOOR(draws.variance + 0.5) AS DOUBLE)) AS BIGINT)) AS variance,
  SUM(CAST(RINT(CAST(FLOOR(draws.cubed + 0.5) AS DOUBLE)) AS BIGINT)) AS cubed,
  SUM(draws.short_even) AS short_even,
  SUM(draws.short_odd) AS short_odd,
  SUM(draws.tax) AS tax
FROM draws AS draws
GROUP BY
  draws.office,
  draws.declarant,
  draws.officer
)

-- With what their goods can tell.
SELECT
  s.office AS office,
  s.declarant AS declarant,
  s.officer AS officer,
  s.lots AS lots,
  s.other_lots AS other_lots,
  s.n AS n,
  s.gap AS gap,
  s.apart AS apart,
  s.declared_apart AS declared_apart,
  k.information AS information,
  s.variance AS variance,
  s.cubed AS cubed,
  s.short_even AS short_even,
  s.short_odd AS short_odd,
  s.tax AS tax
FROM summed AS s
JOIN known AS k
  ON k.office = s.office AND k.declarant = s.declarant AND k.officer = s.officer
ORDER BY
  s.office NULLS LAST,
  s.declarant NULLS LAST,
  s.officer NULLS LAST
