WITH
-- The importer's own middle log unit value of a product, origin and measure over the year, of enough items without like goods.
own_middles AS (
SELECT declarant, importer, goods, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY final_log) AS middle
            FROM value_distances
            WHERE reference IS NULL
            GROUP BY declarant, importer, goods
            HAVING COUNT(*) >= 5
),

-- Distances to that middle, drawn in alike.
own_drawn_in AS (
SELECT p.declaration_no, p.item_no, p.office, p.declarant, p.importer, p.officer, p.day, p.week, p.hs6,
                       p.measure,
                   p.own_line,
                       CASE WHEN p.final_log - m.middle > 2000
                            THEN CAST(FLOOR(p.own_tax * EXP(-(p.final_log - m.middle - 2000) / 1000.0) + 0.5)
                                      AS BIGINT)
                            ELSE p.own_tax END AS tax,
                       CAST(FLOOR(LEAST(GREATEST(p.final_log - m.middle, -2000), 2000) + 0.5) AS BIGINT) AS distance,
                       CAST(FLOOR(LEAST(GREATEST(p.final_log - p.raised - m.middle, -2000), 2000) + 0.5) AS BIGINT) AS declared_distance
            FROM value_distances AS p
            JOIN own_middles AS m ON m.declarant = p.declarant AND m.importer = p.importer AND m.goods = p.goods
            WHERE p.reference IS NULL
),

-- An importer's goods of one product, origin, quarter and measure, in one section, where more than one officer handled them.
own_lines AS (
SELECT office, declarant, importer, own_line
            FROM own_drawn_in
            GROUP BY office, declarant, importer, own_line
            HAVING MIN(officer) <> MAX(officer)
),

-- Each item's gap to that reference, as assessed and as declared, and of items without like goods that to the importer's middle.
compared AS (
SELECT d.declaration_no, d.item_no, d.office, d.declarant, d.importer, d.officer, d.day, d.week, d.line,
                       d.hs6, d.measure, d.tax, 1 AS alike,
                       CAST(FLOOR(d.distance - d.reference + 0.5) AS BIGINT) AS gap,
                       CAST(FLOOR(d.declared_distance - d.reference + 0.5) AS BIGINT) AS declared_gap
                FROM value_distances AS d
                WHERE d.reference IS NOT NULL
                
                UNION ALL
                SELECT d.declaration_no, d.item_no, d.office, d.declarant, d.importer, d.officer, d.day, d.week,
                       d.own_line AS line,
                       d.hs6, d.measure, d.tax, 0 AS alike, d.distance AS gap, d.declared_distance AS declared_gap
                FROM own_drawn_in AS d
                JOIN own_lines AS o
                  ON o.office = d.office AND o.declarant = d.declarant AND o.importer = d.importer
                 AND o.own_line = d.own_line
)

-- The tax that each item would bear at the reference's price, and the same times its gap.
SELECT declaration_no, item_no, office, declarant, importer, officer, day, week, line, hs6, measure, tax,
                       alike, gap, declared_gap,
                       CAST(FLOOR(tax * EXP(-gap / 1000.0) + 0.5) AS BIGINT) AS reference_tax,
                       CAST(FLOOR(tax * EXP(-gap / 1000.0) * gap / 1000.0 + 0.5) AS BIGINT) AS gap_tax
                FROM compared
