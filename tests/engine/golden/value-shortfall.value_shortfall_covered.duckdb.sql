WITH
-- Items priced.
priced_pairs AS (
SELECT office, declarant, officer, COUNT(*) AS priced, SUM(tax) AS tax
                FROM priced_goods
                GROUP BY office, declarant, officer
),

-- Items with like goods, and items beside the importer's own goods alone.
gap_pairs AS (
SELECT office, declarant, officer, SUM(alike) AS alike, SUM(1 - alike) AS own FROM value_gaps GROUP BY office, declarant, officer
)

-- Both, by pair.
SELECT p.office, p.declarant, p.officer, p.priced, p.tax, COALESCE(g.alike, 0) AS referenced,
                       COALESCE(g.own, 0) AS own
                FROM priced_pairs AS p
                LEFT JOIN gap_pairs AS g
                  ON g.office = p.office AND g.declarant = p.declarant AND g.officer IS NOT DISTINCT FROM p.officer
                ORDER BY p.office, p.declarant, p.officer
