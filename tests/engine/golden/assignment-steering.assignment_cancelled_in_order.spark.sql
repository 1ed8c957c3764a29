-- In order.
SELECT
  m.office AS office,
  m.declarant AS declarant,
  m.officer AS officer,
  m.files AS files,
  m.cancelled AS cancelled
FROM assignment_cancelled_30c44a29 AS m
ORDER BY
  m.office NULLS LAST,
  m.declarant NULLS LAST,
  m.officer NULLS LAST
