-- Who was on duty, where and when.
SELECT s.officer_id AS officer, s.office, s.section AS section,
               CAST(FLOOR(EPOCH(s.starts_at) / 60) AS BIGINT) AS starts,
               CAST(FLOOR(EPOCH(s.ends_at) / 60) AS BIGINT) AS ends
        FROM shifts AS s
        WHERE s.ends_at >= TIMESTAMP '2024-01-01' AND s.ends_at IS NOT NULL
        ORDER BY office, starts, ends, officer, section
