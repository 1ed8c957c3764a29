-- Leave, training, acting cover, suspension and specialist desks, with when and by whom they were recorded.
SELECT u.officer_id AS officer, u.kind, u.from_date, u.to_date AS to_date,
               u.detail AS detail,
               CAST(u.recorded_at AS DATE) AS recorded_on,
               u.recorded_by AS recorded_by
        FROM duties AS u
        ORDER BY officer, from_date, kind, to_date, detail, recorded_on, recorded_by
