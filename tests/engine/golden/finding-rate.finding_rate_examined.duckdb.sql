WITH
-- Acts with an outcome, in the period.
acts AS (
SELECT d.declaration_no, d.office, d.section AS section,
                       d.lane_assigned AS lane, d.declarant_id AS declarant, d.registered_on AS day,
                       COALESCE(i.officer_id, d.officer_id) AS officer,
                       CASE WHEN d.lane_reason = 'random' THEN 1 ELSE 0 END AS random,
                       CASE WHEN i.outcome = 'discrepancy' THEN 1 ELSE 0 END AS found,
                       CAST(i.additional_tax * 1000 AS BIGINT) AS tax
                FROM inspections AS i
                JOIN declarations AS d ON d.declaration_no = i.declaration_no
                WHERE d.registered_on >= DATE '2024-01-01'
                  AND d.registered_on < DATE '2027-01-01' AND i.outcome IS NOT NULL
),

-- Several acts of one officer on one declaration are one examination.
examinations AS (
SELECT declaration_no, office, section, lane, declarant, day, officer, random,
                       MAX(found) AS found, SUM(tax) AS tax
                FROM acts
                GROUP BY declaration_no, office, section, lane, declarant, day, officer, random
)

-- Examinations with the group of goods of the first item, by sections of the Harmonized System.
SELECT e.declaration_no, e.office, e.section, e.lane, e.declarant, e.day, e.officer, e.random,
                       e.found, e.tax, CASE WHEN i.hs_code IS NULL THEN 'unknown' WHEN SUBSTR(i.hs_code, 1, 2) <= '05' THEN 'animal' WHEN SUBSTR(i.hs_code, 1, 2) <= '14' THEN 'vegetable' WHEN SUBSTR(i.hs_code, 1, 2) <= '15' THEN 'fats' WHEN SUBSTR(i.hs_code, 1, 2) <= '24' THEN 'food' WHEN SUBSTR(i.hs_code, 1, 2) <= '27' THEN 'mineral' WHEN SUBSTR(i.hs_code, 1, 2) <= '38' THEN 'chemical' WHEN SUBSTR(i.hs_code, 1, 2) <= '40' THEN 'plastics' WHEN SUBSTR(i.hs_code, 1, 2) <= '43' THEN 'leather' WHEN SUBSTR(i.hs_code, 1, 2) <= '49' THEN 'wood' WHEN SUBSTR(i.hs_code, 1, 2) <= '63' THEN 'textile' WHEN SUBSTR(i.hs_code, 1, 2) <= '67' THEN 'footwear' WHEN SUBSTR(i.hs_code, 1, 2) <= '70' THEN 'stone' WHEN SUBSTR(i.hs_code, 1, 2) <= '71' THEN 'precious' WHEN SUBSTR(i.hs_code, 1, 2) <= '83' THEN 'metal' WHEN SUBSTR(i.hs_code, 1, 2) <= '85' THEN 'machinery' WHEN SUBSTR(i.hs_code, 1, 2) <= '89' THEN 'vehicles' WHEN SUBSTR(i.hs_code, 1, 2) <= '92' THEN 'instruments' ELSE 'other' END AS goods
                FROM examinations AS e
                LEFT JOIN items AS i ON i.declaration_no = e.declaration_no AND i.item_no = 1
