-- In order.
SELECT m.office, m.declarant, m.officer, m.files, m.cancelled FROM assignment_cancelled_30c44a29 AS m ORDER BY m.office, m.declarant, m.officer
