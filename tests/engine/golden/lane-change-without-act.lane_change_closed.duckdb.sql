WITH
-- Declarations that the engine sent to a control before release.
controls AS (
SELECT declaration_no, office, lane_assigned AS lane, declarant_id AS declarant, officer_id AS officer,
                   registered_on AS day,
                   CASE WHEN lane_final IN ('green', 'blue') THEN 1 ELSE 0 END AS ended_free
            FROM declarations
            WHERE registered_on >= DATE '2024-01-01' AND registered_on < DATE '2027-01-01'
              AND lane_assigned IN ('red', 'yellow')
),

-- Declarations with an inspection act, whoever wrote it and whenever.
acts AS (
SELECT declaration_no, COUNT(*) AS acts FROM inspections GROUP BY declaration_no
),

-- Entries of the log that re-route to a free lane, the last one of each declaration first.
numbered_reroutes AS (
SELECT declaration_no, user_id, occurred_on,
                   ROW_NUMBER() OVER (PARTITION BY declaration_no ORDER BY occurred_at DESC, event_id DESC) AS number
            FROM events
            WHERE action = 'reroute' AND declaration_no IS NOT NULL
              AND (new_value IS NULL OR LOWER(new_value) IN ('green', 'blue'))
),

-- Who closed the control: the last to re-route it, else the assigned officer. The system is nobody.
closers AS (
SELECT c.declaration_no, c.office, c.lane, c.declarant, c.officer,
                   CASE WHEN r.user_id IS NULL OR r.user_id = 'system' THEN c.officer ELSE r.user_id END AS closer,
                   COALESCE(r.occurred_on, c.day) AS closed_on, c.day,
                   CASE WHEN r.user_id = 'system' THEN 1 ELSE 0 END AS by_system,
                   CASE WHEN r.user_id = 'system' THEN 0
                        WHEN r.user_id IS NOT NULL THEN 1 ELSE c.ended_free END AS ended_free,
                   CASE WHEN r.user_id IS NOT NULL AND r.user_id <> 'system'
                             AND (c.officer IS NULL OR r.user_id <> c.officer) THEN 1 ELSE 0 END AS stranger
            FROM controls AS c
            LEFT JOIN numbered_reroutes AS r ON r.declaration_no = c.declaration_no AND r.number = 1
),

-- Controls closed by a chief or supervisor of the office on that day.
superiors AS (
SELECT DISTINCT c.declaration_no
            FROM closers AS c
            JOIN postings AS p ON p.officer_id = c.closer AND p.office = c.office
            WHERE p.role IN ('chief', 'supervisor') AND p.from_date <= c.closed_on AND (p.to_date IS NULL OR c.closed_on < p.to_date)
),

-- Controls whose closer, a stranger, wrote an act on them.
authors AS (
SELECT DISTINCT c.declaration_no
               FROM closers AS c
               JOIN inspections AS i ON i.declaration_no = c.declaration_no AND i.officer_id = c.closer
               WHERE c.stranger = 1
)

-- Out of order: ended in a free lane without an act, or re-routed by someone who was neither the assigned officer, nor the author of an act, nor a chief or supervisor of the office on that day.
SELECT c.declaration_no, c.office, c.lane, c.day, c.declarant, c.officer, c.closer, c.by_system,
                   CASE WHEN s.declaration_no IS NULL THEN 0 ELSE 1 END AS superior,
                   CASE WHEN a.acts IS NULL THEN 0 ELSE 1 END AS acted,
                   CASE WHEN c.ended_free = 1 AND a.acts IS NULL THEN 1 ELSE 0 END AS no_act,
                   CASE WHEN c.stranger = 1 AND s.declaration_no IS NULL AND w.declaration_no IS NULL
                        THEN 1 ELSE 0 END AS stranger
            FROM closers AS c
            LEFT JOIN acts AS a ON a.declaration_no = c.declaration_no
            LEFT JOIN superiors AS s ON s.declaration_no = c.declaration_no
            LEFT JOIN authors AS w ON w.declaration_no = c.declaration_no
