-- Every entry of the log beside its declaration: by office, lane and action.
SELECT d.office AS office, d.lane_assigned AS lane_assigned, e.action AS action, COUNT(*) AS n
FROM events AS e
JOIN declarations AS d ON d.declaration_id = e.declaration_id
GROUP BY d.office, d.lane_assigned, e.action
