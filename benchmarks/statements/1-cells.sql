-- Officer x declarant x month: counts and sums, as one question's cells.
SELECT officer_id, declarant_id, CAST(DATE_TRUNC('month', registered_on) AS DATE) AS month,
       COUNT(*) AS n,
       SUM(CAST(declared_value * 1000 AS BIGINT)) AS declared_value,
       SUM(CAST(assessed_tax * 1000 AS BIGINT)) AS assessed_tax
FROM declarations
GROUP BY officer_id, declarant_id, month
