-- In order of time, and of the declaration's number within a minute: never in the order of officers.
SELECT d.office, d.section, d.lane, d.procedure, d.first_goods, d.main_goods, d.origin, d.items, d.value, d.declarant, d.officer, d.day, d.hour, d.minute, d.final, d.given_by, d.given_on, d.given_minute FROM assignment_draws_967cabe4 AS d  ORDER BY d.office, d.day, d.minute, d.declaration_no
