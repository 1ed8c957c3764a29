-- In order of time, and of the declaration's number within a minute: never in the order of officers.
SELECT
  d.office AS office,
  d.section AS section,
  d.lane AS lane,
  d.procedure AS procedure,
  d.first_goods AS first_goods,
  d.main_goods AS main_goods,
  d.origin AS origin,
  d.items AS items,
  d.value AS value,
  d.declarant AS declarant,
  d.officer AS officer,
  d.day AS day,
  d.hour AS hour,
  d.minute AS minute
FROM assignment_draws_f61e29f3 AS d
ORDER BY
  office NULLS LAST,
  day NULLS LAST,
  minute NULLS LAST,
  d.declaration_id NULLS LAST
