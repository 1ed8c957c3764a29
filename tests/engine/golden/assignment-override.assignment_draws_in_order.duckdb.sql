-- In order of time, and of the declaration's number within a minute: never in the order of officers.
SELECT office, section, lane, procedure, first_goods, main_goods, origin, items, value, declarant, officer, day, hour, minute, final, given_by, given_on, given_minute FROM assignment_draws_f61e29f3 AS d  ORDER BY office, day, minute, declaration_id
