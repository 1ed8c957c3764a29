WITH
-- An officer's examinations of one declarant's like goods on one day.
batches AS (
SELECT office, section, lane, random, goods, YEAR(day) * 4 + QUARTER(day) AS quarter, day, officer,
                       declarant, COUNT(*) AS n, SUM(found) AS found, SUM(tax) AS tax
                FROM examined_goods
                WHERE 1 = 1
                GROUP BY office, section, lane, random, goods, YEAR(day) * 4 + QUARTER(day), day, officer, declarant
)

-- The same by quarter, with the batches counted.
SELECT office, section, lane, random, goods, quarter, officer, declarant, SUM(n) AS n,
                       SUM(found) AS found, SUM(tax) AS tax, COUNT(*) AS batches,
                       COUNT(*) FILTER (WHERE found > 0) AS batches_found
                FROM batches
                GROUP BY office, section, lane, random, goods, quarter, officer, declarant
