WITH
-- Files that were cancelled.
cancelled AS (
SELECT
  c.declaration_no AS declaration_no
FROM declarations AS c
WHERE
  c.status = 'cancelled'
  AND c.registered_on >= CAST('2024-01-01' AS DATE)
  AND c.registered_on < CAST('2027-01-01' AS DATE)
),

-- Those of them that had met an officer, by declarant and officer.
lost AS (
SELECT
  d.office AS office,
  d.declarant AS declarant,
  d.officer AS officer,
  COUNT(*) AS cancelled
FROM assignment_draws_988e9d67 AS d
SEMI JOIN cancelled AS c
  ON c.declaration_no = d.declaration_no
GROUP BY
  d.office,
  d.declarant,
  d.officer
),

-- Declarants who had any.
who AS (
SELECT DISTINCT
  l.office AS office,
  l.declarant AS declarant
FROM lost AS l
),

-- All files of theirs.
met AS (
SELECT
  d.office AS office,
  d.declarant AS declarant,
  d.officer AS officer,
  COUNT(*) AS files
FROM assignment_draws_988e9d67 AS d
SEMI JOIN who AS w
  ON w.office = d.office AND w.declarant = d.declarant
GROUP BY
  d.office,
  d.declarant,
  d.officer
)

-- Both together.
SELECT
  m.office AS office,
  m.declarant AS declarant,
  m.officer AS officer,
  m.files AS files,
  COALESCE(l.cancelled, 0) AS cancelled
FROM met AS m
LEFT JOIN lost AS l
  ON l.office = m.office AND l.declarant = m.declarant AND l.officer = m.officer
