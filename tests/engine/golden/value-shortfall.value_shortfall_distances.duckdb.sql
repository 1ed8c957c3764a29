WITH
-- Goods of one product, origin, quarter and measure, with their middle log unit value; a line is a product in a quarter, of any origin, and in one section.
like_goods AS (
SELECT hs6, origin, quarter, measure,
                       PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY final_log) AS middle,
                       ROW_NUMBER() OVER (ORDER BY hs6, origin, quarter, measure) AS cell,
                       DENSE_RANK() OVER (ORDER BY hs6, quarter, measure) AS line, DENSE_RANK() OVER (ORDER BY hs6, origin, measure) AS goods
                FROM priced_goods
                GROUP BY hs6, origin, quarter, measure
),

-- Sections by number: goods of two sections of an office are no line, since they have other officers.
sections AS (
SELECT section, ROW_NUMBER() OVER (ORDER BY section) AS number, COUNT(*) OVER () AS sections FROM (SELECT DISTINCT section FROM priced_goods) AS s
),

-- Distances to the middle; beyond a factor of seven they are drawn in to it, and the tax of an item as far above with them.
drawn_in AS (
SELECT p.declaration_no, p.item_no, p.office, p.declarant, p.importer, p.officer, p.day, p.week, p.hs6,
                       p.measure,
                       g.cell, 2 * ((g.line - 1) * s.sections + s.number) AS line, g.goods, 2 * ((g.cell - 1) * s.sections + s.number) + 1 AS own_line, p.final_log, p.raised, p.tax AS own_tax,
                       CASE WHEN p.final_log - g.middle > 2000
                            THEN CAST(FLOOR(p.tax * EXP(-(p.final_log - g.middle - 2000) / 1000.0) + 0.5)
                                      AS BIGINT)
                            ELSE p.tax END AS tax,
                       CAST(FLOOR(LEAST(GREATEST(p.final_log - g.middle, -2000), 2000) + 0.5) AS BIGINT) AS distance,
                       CAST(FLOOR(LEAST(GREATEST(p.final_log - p.raised - g.middle, -2000), 2000) + 0.5) AS BIGINT) AS declared_distance
                FROM priced_goods AS p
                JOIN like_goods AS g
                  ON g.hs6 = p.hs6 AND g.origin IS NOT DISTINCT FROM p.origin AND g.quarter = p.quarter
                 AND g.measure = p.measure
                JOIN sections AS s ON s.section = p.section
),

-- Each declarant's part of the like goods.
by_declarant AS (
SELECT cell, declarant, COUNT(*) AS n, SUM(distance) AS distance
                FROM drawn_in
                GROUP BY cell, declarant
),

-- All of the like goods.
by_cell AS (
SELECT cell, SUM(n) AS n, SUM(distance) AS distance, COUNT(*) AS declarants
                FROM by_declarant
                GROUP BY cell
),

-- The mean of the like goods of all other declarants, where there are enough of both.
reference AS (
SELECT b.cell, b.declarant,
                       CAST(c.distance - b.distance AS DOUBLE) / NULLIF(CAST(c.n - b.n AS DOUBLE), 0) AS mean
                FROM by_declarant AS b
                JOIN by_cell AS c ON c.cell = b.cell
                WHERE c.n - b.n >= 10 AND c.declarants - 1 >= 3
)

-- Each item with that mean; empty where there are too few.
SELECT d.declaration_no, d.item_no, d.office, d.declarant, d.importer, d.officer, d.day, d.week,
                       d.line, d.goods, d.own_line, d.final_log, d.raised, d.own_tax, d.hs6, d.measure, d.tax, d.distance, d.declared_distance, r.mean AS reference
                FROM drawn_in AS d
                LEFT JOIN reference AS r ON r.cell = d.cell AND r.declarant = d.declarant
