-- How many control acts of each kind an officer wrote, whoever lodged the file.
SELECT i.officer_id AS officer, i.kind, COUNT(*) AS acts FROM inspections AS i WHERE i.officer_id IS NOT NULL AND i.kind IS NOT NULL GROUP BY i.officer_id, i.kind ORDER BY officer, i.kind
