WITH
-- Acts with an outcome, in the period.
acts AS (
SELECT
  d.declaration_no AS declaration_no,
  d.office AS office,
  d.section AS section,
  d.lane_assigned AS lane,
  d.declarant_id AS declarant,
  d.registered_on AS day,
  COALESCE(i.officer_id, d.officer_id) AS officer,
  CASE WHEN d.lane_reason = 'random' THEN 1 ELSE 0 END AS random,
  CASE WHEN i.outcome = 'discrepancy' THEN 1 ELSE 0 END AS found,
  CAST(ROUND(i.additional_tax * 1000) AS BIGINT) AS tax
FROM inspections AS i
JOIN declarations AS d
  ON d.declaration_no = i.declaration_no
WHERE
  d.registered_on >= CAST('2024-01-01' AS DATE)
  AND d.registered_on < CAST('2027-01-01' AS DATE)
  AND NOT i.outcome IS NULL
),

-- Several acts of one officer on one declaration are one examination.
examinations AS (
SELECT
  acts.declaration_no AS declaration_no,
  acts.office AS office,
  acts.section AS section,
  acts.lane AS lane,
  acts.declarant AS declarant,
  acts.day AS day,
  acts.officer AS officer,
  acts.random AS random,
  MAX(acts.found) AS found,
  SUM(acts.tax) AS tax
FROM acts AS acts
GROUP BY
  acts.declaration_no,
  acts.office,
  acts.section,
  acts.lane,
  acts.declarant,
  acts.day,
  acts.officer,
  acts.random
)

-- Examinations with the group of goods of the first item, by sections of the Harmonized System.
SELECT
  e.declaration_no AS declaration_no,
  e.office AS office,
  e.section AS section,
  e.lane AS lane,
  e.declarant AS declarant,
  e.day AS day,
  e.officer AS officer,
  e.random AS random,
  e.found AS found,
  e.tax AS tax,
  CASE
    WHEN i.hs_code IS NULL
    THEN 'unknown'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '05'
    THEN 'animal'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '14'
    THEN 'vegetable'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '15'
    THEN 'fats'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '24'
    THEN 'food'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '27'
    THEN 'mineral'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '38'
    THEN 'chemical'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '40'
    THEN 'plastics'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '43'
    THEN 'leather'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '49'
    THEN 'wood'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '63'
    THEN 'textile'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '67'
    THEN 'footwear'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '70'
    THEN 'stone'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '71'
    THEN 'precious'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '83'
    THEN 'metal'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '85'
    THEN 'machinery'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '89'
    THEN 'vehicles'
    WHEN SUBSTRING(i.hs_code, 1, 2) <= '92'
    THEN 'instruments'
    ELSE 'other'
  END AS goods
FROM examinations AS e
LEFT JOIN items AS i
  ON i.declaration_no = e.declaration_no AND i.item_no = 1
