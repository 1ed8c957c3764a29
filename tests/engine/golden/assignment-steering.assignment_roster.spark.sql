-- Who was on duty, where and when.
SELECT
  s.officer_id AS officer,
  s.office AS office,
  s.section AS section,
  CAST(RINT(
    CAST(FLOOR((
      CAST(UNIX_MICROS(s.starts_at) AS DOUBLE) / 1e6
    ) / CAST(60 AS DOUBLE)) AS DOUBLE)
  ) AS BIGINT) AS starts,
  CAST(RINT(
    CAST(FLOOR((
      CAST(UNIX_MICROS(s.ends_at) AS DOUBLE) / 1e6
    ) / CAST(60 AS DOUBLE)) AS DOUBLE)
  ) AS BIGINT) AS ends
FROM shifts AS s
WHERE
  s.ends_at >= CAST('2024-01-01' AS TIMESTAMP) AND NOT s.ends_at IS NULL
ORDER BY
  office NULLS LAST,
  starts NULLS LAST,
  ends NULLS LAST,
  officer NULLS LAST,
  section NULLS LAST
