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
  d.least_declared AS least_declared,
  d.most_declared AS most_declared,
  d.declared_kinds AS declared_kinds,
  d.bare_items AS bare_items,
  d.importer AS importer
FROM assignment_draws_988e9d67 AS d
WHERE
  d.same_officer IS NULL
ORDER BY
  d.office NULLS LAST,
  d.day NULLS LAST,
  d.minute NULLS LAST,
  d.declaration_no NULLS LAST
