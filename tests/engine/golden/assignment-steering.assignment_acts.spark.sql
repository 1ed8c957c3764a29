-- How many control acts of each kind an officer wrote, whoever lodged the file.
SELECT
  i.officer_id AS officer,
  i.kind AS kind,
  COUNT(*) AS acts
FROM inspections AS i
WHERE
  NOT i.officer_id IS NULL AND NOT i.kind IS NULL
GROUP BY
  i.officer_id,
  i.kind
ORDER BY
  officer NULLS LAST,
  kind NULLS LAST
