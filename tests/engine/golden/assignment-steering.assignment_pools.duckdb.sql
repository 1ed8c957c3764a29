-- Which officers belong to which declared pool.
SELECT m.pool, m.officer_id AS officer, m.from_date,
               m.to_date AS to_date
        FROM assignment_pools AS m
        ORDER BY pool, officer, from_date, to_date
