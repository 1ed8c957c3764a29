-- How the administration says that work is given out.
SELECT
  r.office AS office,
  r.section AS section,
  r.procedure AS procedure,
  r.lane AS lane,
  r.hs_prefix AS hs_prefix,
  r.from_date AS from_date,
  r.to_date AS to_date,
  r.method AS method,
  r.pool AS pool
FROM assignment_rules AS r
ORDER BY
  office NULLS LAST,
  section NULLS LAST,
  procedure NULLS LAST,
  lane NULLS LAST,
  hs_prefix NULLS LAST,
  from_date NULLS LAST,
  to_date NULLS LAST,
  method NULLS LAST,
  pool NULLS LAST
