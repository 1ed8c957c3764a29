WITH
-- An officer's goods of one importer, product and quarter in one week.
parcels AS (
SELECT office, declarant, importer, line, officer, week, COUNT(*) AS n, SUM(gap) AS gap,
                   SUM(declared_gap) AS declared_gap, SUM(tax) AS tax, SUM(reference_tax) AS reference_tax,
                   SUM(gap_tax) AS gap_tax
            FROM value_gaps
            
            GROUP BY office, declarant, importer, line, officer, week
),

-- The same over the weeks.
arms AS (
SELECT office, declarant, importer, line, officer, SUM(n) AS n, SUM(gap) AS gap,
                   SUM(declared_gap) AS declared_gap, COUNT(*) AS parcels
            FROM parcels
            GROUP BY office, declarant, importer, line, officer
),

-- An importer's goods of one product and quarter, where more than one officer handled them.
line_sums AS (
SELECT office, declarant, importer, line, CAST(SUM(n) AS DOUBLE) AS n,
                   CAST(SUM(gap) AS DOUBLE) AS gap, CAST(SUM(declared_gap) AS DOUBLE) AS declared_gap,
                   CAST(SUM(parcels) AS DOUBLE) AS parcels
            FROM arms
            GROUP BY office, declarant, importer, line
            HAVING COUNT(*) > 1
),

-- Their means, and the factor that gives back the degree of freedom that a mean takes.
lines AS (
SELECT office, declarant, importer, line, n, gap / NULLIF(n, 0) AS mean,
                   declared_gap / NULLIF(n, 0) AS declared_mean,
                   EXP(0.5 * LN(NULLIF(parcels / NULLIF(parcels - 1, 0), 0))) AS factor
            FROM line_sums
),

-- Each parcel's distance to the importer's own goods of the line, in logs and in tax.
told_apart AS (
SELECT p.office, p.declarant, p.importer, p.officer, p.week, p.n, p.gap,
                   p.gap - p.n * l.mean AS apart, p.declared_gap - p.n * l.declared_mean AS declared_apart,
                   (p.gap - p.n * l.mean) * l.factor AS spread,
                   (p.reference_tax * l.mean / 1000.0 - p.gap_tax) * EXP(l.mean / 1000.0) AS short,
                   p.reference_tax * EXP(l.mean / 1000.0) AS tax
            FROM parcels AS p
            JOIN lines AS l
              ON l.office = p.office AND l.declarant = p.declarant AND l.importer = p.importer AND l.line = p.line
),

-- What a pair's goods can tell: items, less the officer's own share of each line.
known AS (
SELECT a.office, a.declarant, a.officer,
                   SUM(CAST(FLOOR(a.n * (1.0 - a.n / NULLIF(l.n, 0)) * 1000 + 0.5) AS BIGINT)) AS information
            FROM arms AS a
            JOIN lines AS l
              ON l.office = a.office AND l.declarant = a.declarant AND l.importer = a.importer AND l.line = a.line
            GROUP BY a.office, a.declarant, a.officer
),

-- As whole numbers, so that sums do not depend on their order.
rounded AS (
SELECT office, declarant, importer, officer, week, n, gap,
                   CAST(FLOOR(apart + 0.5) AS BIGINT) AS apart,
                   CAST(FLOOR(declared_apart + 0.5) AS BIGINT) AS declared_apart,
                   CAST(FLOOR(spread + 0.5) AS BIGINT) AS spread,
                   CAST(FLOOR(short + 0.5) AS BIGINT) AS short, CAST(FLOOR(tax + 0.5) AS BIGINT) AS tax
            FROM told_apart
),

-- An officer's week of one importer: what is declared together goes together. Spread is in hundredths.
lots AS (
SELECT office, declarant, importer, officer, week, SUM(n) AS n, SUM(gap) AS gap, SUM(apart) AS apart,
                   SUM(declared_apart) AS declared_apart, SUM(short) AS short, SUM(tax) AS tax,
                   CAST(FLOOR(SUM(spread) / 10.0 + 0.5) AS BIGINT) AS spread
            FROM rounded
            GROUP BY office, declarant, importer, officer, week
),

-- Lots and their sums of powers; money of even and odd weeks apart.
shares AS (
SELECT office, declarant, importer, officer, COUNT(*) AS lots, SUM(n) AS n, SUM(gap) AS gap,
                       SUM(apart) AS apart, SUM(declared_apart) AS declared_apart, SUM(spread) AS spread,
                       SUM(spread * spread) AS spread2, SUM(spread * spread * spread) AS spread3,
                       SUM(CASE WHEN week % 2 = 0 THEN short ELSE 0 END) AS short_even,
                       SUM(CASE WHEN week % 2 = 1 THEN short ELSE 0 END) AS short_odd, SUM(tax) AS tax
                FROM lots
                GROUP BY office, declarant, importer, officer
),

-- All lots of an importer, whoever handled them.
importers AS (
SELECT office, declarant, importer, CAST(SUM(lots) AS DOUBLE) AS lots,
                       CAST(SUM(spread) AS DOUBLE) / NULLIF(CAST(SUM(lots) AS DOUBLE), 0) AS mean,
                       CAST(SUM(spread) AS DOUBLE) AS spread, CAST(SUM(spread2) AS DOUBLE) AS spread2,
                       CAST(SUM(spread3) AS DOUBLE) AS spread3
                FROM shares
                GROUP BY office, declarant, importer
),

-- The moments of drawing the officer's number of lots from the importer's.
draws AS (
SELECT s.office, s.declarant, s.officer, s.lots, s.n, s.gap, s.apart, s.declared_apart,
                       s.short_even, s.short_odd, s.tax, CAST(m.lots AS BIGINT) - s.lots AS other_lots,
                       s.lots * (m.lots - s.lots) / NULLIF(m.lots * (m.lots - 1), 0)
                           * (m.spread2 - m.spread * m.mean) AS variance,
                       COALESCE(
                           s.lots * (m.lots - s.lots) * (m.lots - 2 * s.lots)
                               / NULLIF(m.lots * (m.lots - 1) * (m.lots - 2), 0)
                               * (m.spread3 - 3 * m.mean * m.spread2 + 2 * m.lots * m.mean * m.mean * m.mean),
                           0
                       ) AS cubed
                FROM shares AS s
                JOIN importers AS m ON m.office = s.office AND m.declarant = s.declarant AND m.importer = s.importer
),

-- Sums over the importers.
summed AS (
SELECT office, declarant, officer, SUM(lots) AS lots, SUM(other_lots) AS other_lots, SUM(n) AS n,
                       SUM(gap) AS gap, SUM(apart) AS apart, SUM(declared_apart) AS declared_apart,
                       SUM(CAST(FLOOR(variance + 0.5) AS BIGINT)) AS variance,
                       SUM(CAST(FLOOR(cubed + 0.5) AS BIGINT)) AS cubed, SUM(short_even) AS short_even,
                       SUM(short_odd) AS short_odd, SUM(tax) AS tax
                FROM draws
                GROUP BY office, declarant, officer
)

-- With what their goods can tell.
SELECT s.office, s.declarant, s.officer, s.lots, s.other_lots, s.n, s.gap, s.apart, s.declared_apart,
                       k.information, s.variance, s.cubed, s.short_even, s.short_odd, s.tax
                FROM summed AS s
                JOIN known AS k ON k.office = s.office AND k.declarant = s.declarant AND k.officer = s.officer
                ORDER BY s.office, s.declarant, s.officer
