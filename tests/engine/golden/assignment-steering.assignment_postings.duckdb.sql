-- Who was posted to the office, in which role.
SELECT t.officer_id AS officer, t.office, t.role AS role,
               t.from_date, t.to_date AS to_date
        FROM postings AS t
        ORDER BY office, officer, from_date, role, to_date
