-- Files that were cancelled and lodged again, beside all that stand.
SELECT
  d.office AS office,
  d.declarant AS declarant,
  SUM(CASE WHEN d.same_officer IS NULL THEN 1 ELSE 0 END) AS draws,
  COUNT(d.same_officer) AS lodged_again,
  SUM(CASE WHEN d.same_officer = 0 THEN 1 ELSE 0 END) AS other_officer
FROM assignment_draws_988e9d67 AS d
GROUP BY
  d.office,
  d.declarant
HAVING
  COUNT(d.same_officer) > 0
ORDER BY
  office NULLS LAST,
  declarant NULLS LAST
