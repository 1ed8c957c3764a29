-- In order of time, and of the declaration's number within a minute: never in the order of officers.
SELECT
  d.office AS office,
  d.section AS section,
  d.lane AS lane,
  d.procedure AS procedure,
  d.first_goods AS first_goods,
  d.main_goods AS main_goods,
  d.origin AS origin,
  d.exemption AS exemption,
  d.items AS items,
  d.value AS value,
  d.declarant AS declarant,
  d.officer AS officer,
  d.day AS day,
  d.hour AS hour,
  d.minute AS minute,
  d.final AS final,
  d.given_by AS given_by,
  d.given_on AS given_on,
  d.given_minute AS given_minute
FROM assignment_draws_988e9d67 AS d
ORDER BY
  d.office NULLS LAST,
  d.day NULLS LAST,
  d.minute NULLS LAST,
  d.declaration_no NULLS LAST
