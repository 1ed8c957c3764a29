-- Which officers belong to which declared pool.
SELECT
  m.pool AS pool,
  m.officer_id AS officer,
  m.from_date AS from_date,
  m.to_date AS to_date
FROM assignment_pools AS m
ORDER BY
  pool NULLS LAST,
  officer NULLS LAST,
  from_date NULLS LAST,
  to_date NULLS LAST
