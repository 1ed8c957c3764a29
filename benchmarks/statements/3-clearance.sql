-- Exact quantiles of the hours from registration to release, by office, lane and week.
SELECT office, lane_final, CAST(DATE_TRUNC('week', registered_on) AS DATE) AS week,
       COUNT(*) AS n,
       QUANTILE_CONT((EPOCH(released_at) - EPOCH(registered_at)) / 3600, [0.1, 0.5, 0.9]) AS hours
FROM declarations
WHERE released_at IS NOT NULL
GROUP BY office, lane_final, week
