-- The share of each user's log entries that fall outside 7 to 19 hours of the office.
SELECT user_id,
       COUNT(*) AS n,
       COUNT(*) FILTER (WHERE occurred_hour < 7 OR occurred_hour >= 19) AS after_hours
FROM events
WHERE occurred_hour IS NOT NULL
GROUP BY user_id
