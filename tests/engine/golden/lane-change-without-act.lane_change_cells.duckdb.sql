WITH
-- One closer's controls of one declarant on one day: alike, and often closed in one go.
batches AS (
SELECT office, lane, YEAR(day) * 12 + MONTH(day) AS month, day, superior, closer, declarant,
                       COUNT(*) AS n, SUM(GREATEST(no_act, stranger)) AS x, SUM(no_act) AS no_act,
                       SUM(stranger) AS stranger, COUNT(*) FILTER (WHERE closer = officer) AS as_examiner
                FROM closed_controls
                WHERE 1 = 1
                GROUP BY office, lane, YEAR(day) * 12 + MONTH(day), day, superior, closer, declarant
)

-- The same by month, with the batches counted.
SELECT office, lane, month, superior, closer, declarant, SUM(n) AS n, SUM(x) AS x,
                       SUM(no_act) AS no_act, SUM(stranger) AS stranger, COUNT(*) AS batches,
                       COUNT(*) FILTER (WHERE x > 0) AS batches_x, SUM(as_examiner) > 0 AS examiner
                FROM batches
                GROUP BY office, lane, month, superior, closer, declarant
