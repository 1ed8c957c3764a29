-- Who was posted to the office, in which role.
SELECT
  t.officer_id AS officer,
  t.office AS office,
  t.role AS role,
  t.from_date AS from_date,
  t.to_date AS to_date
FROM postings AS t
ORDER BY
  office NULLS LAST,
  officer NULLS LAST,
  from_date NULLS LAST,
  role NULLS LAST,
  to_date NULLS LAST
