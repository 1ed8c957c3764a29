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
  office,
  section,
  procedure,
  CAST(lane AS TEXT),
  hs_prefix,
  from_date,
  to_date,
  method,
  pool
