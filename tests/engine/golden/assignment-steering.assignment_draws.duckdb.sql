WITH
-- The first pick of an officer for each declaration: it tests the rule, later ones test the override.
picks AS (
SELECT a.declaration_no, a.officer_id,
                   a.assigned_on AS day,
                   a.assigned_hour AS hour,
                   a.assigned_at AS at,
                   a.section AS section
            FROM assignments AS a
            WHERE a.sequence = 1 AND a.officer_id IS NOT NULL
),

-- The number of the last pick of each declaration that was given out again.
later AS (
SELECT a.declaration_no, MAX(a.sequence) AS sequence FROM assignments AS a WHERE a.sequence > 1 AND a.officer_id IS NOT NULL GROUP BY a.declaration_no
),

-- Who had it in the end, by whose hand, and when.
last AS (
SELECT a.declaration_no, a.officer_id,
                   a.assigned_by AS given_by,
                   a.assigned_on AS day,
                   a.assigned_hour AS hour,
                   a.assigned_at AS at
            FROM assignments AS a
            JOIN later AS l ON l.declaration_no = a.declaration_no AND l.sequence = a.sequence
),

-- The first item, how many there are, and the item of greatest value, whose number is kept in three digits.
items_of AS (
SELECT i.declaration_no, COUNT(*) AS items, MAX(CASE WHEN i.item_no = 1 THEN i.hs_code END) AS goods, MAX(CASE WHEN i.item_no = 1 THEN i.origin END) AS origin, MAX(CASE WHEN i.item_no = 1 THEN i.declared_exemption END) AS exemption, 999 - MAX(CAST(FLOOR(i.declared_value) AS BIGINT) * 1000 + 999 - i.item_no) % 1000 AS main_no FROM items AS i SEMI JOIN picks AS p ON p.declaration_no = i.declaration_no WHERE i.item_no < 1000 GROUP BY i.declaration_no
),

-- Declarations whose item of greatest value is not the first.
other_main AS (
SELECT w.declaration_no, w.main_no FROM items_of AS w WHERE w.main_no > 1
),

-- That item.
main_item AS (
SELECT i.declaration_no, i.hs_code AS goods, i.declared_exemption AS exemption FROM items AS i JOIN other_main AS w ON w.declaration_no = i.declaration_no AND w.main_no = i.item_no
),

-- What each declaration is of, by its first and by its main item.
goods AS (
SELECT w.declaration_no, w.goods AS first_goods, COALESCE(m.goods, w.goods) AS main_goods, w.origin, CASE WHEN w.main_no > 1 THEN m.exemption ELSE w.exemption END AS exemption, w.items FROM items_of AS w LEFT JOIN main_item AS m ON m.declaration_no = w.declaration_no
),

-- Goods that any rule names.
prefixes AS (
SELECT DISTINCT r.hs_prefix AS prefix FROM assignment_rules AS r WHERE r.hs_prefix IS NOT NULL
),

-- Commodity codes that occur.
codes AS (
SELECT DISTINCT i.hs_code FROM items AS i WHERE i.hs_code IS NOT NULL
),

-- Each of them with all that it begins with.
beginnings AS (
SELECT c.hs_code, LEFT(c.hs_code, 1) AS prefix FROM codes AS c UNION ALL SELECT c.hs_code, LEFT(c.hs_code, 2) AS prefix FROM codes AS c UNION ALL SELECT c.hs_code, LEFT(c.hs_code, 3) AS prefix FROM codes AS c UNION ALL SELECT c.hs_code, LEFT(c.hs_code, 4) AS prefix FROM codes AS c UNION ALL SELECT c.hs_code, LEFT(c.hs_code, 5) AS prefix FROM codes AS c UNION ALL SELECT c.hs_code, LEFT(c.hs_code, 6) AS prefix FROM codes AS c UNION ALL SELECT c.hs_code, LEFT(c.hs_code, 7) AS prefix FROM codes AS c UNION ALL SELECT c.hs_code, LEFT(c.hs_code, 8) AS prefix FROM codes AS c UNION ALL SELECT c.hs_code, LEFT(c.hs_code, 9) AS prefix FROM codes AS c UNION ALL SELECT c.hs_code, LEFT(c.hs_code, 10) AS prefix FROM codes AS c UNION ALL SELECT c.hs_code, LEFT(c.hs_code, 11) AS prefix FROM codes AS c UNION ALL SELECT c.hs_code, LEFT(c.hs_code, 12) AS prefix FROM codes AS c
),

-- The longest prefix that a rule names: of two beginnings of one code the one that comes last.
declared_codes AS (
SELECT b.hs_code, MAX(b.prefix) AS prefix FROM beginnings AS b JOIN prefixes AS p ON p.prefix = b.prefix GROUP BY b.hs_code
),

-- By declaration: items that a rule names, and the first and last of their prefixes.
touched AS (
SELECT i.declaration_no, COUNT(*) AS items, MIN(c.prefix) AS least, MAX(c.prefix) AS most, COUNT(DISTINCT c.prefix) AS kinds FROM items AS i JOIN declared_codes AS c ON c.hs_code = i.hs_code SEMI JOIN picks AS p ON p.declaration_no = i.declaration_no WHERE i.item_no < 1000 GROUP BY i.declaration_no
),

-- Files that were cancelled.
cancelled AS (
SELECT d.declaration_no, d.office, d.declarant_id, COALESCE(d.importer_id, '') AS importer, g.items, COALESCE(g.first_goods, '') AS goods, EPOCH(d.registered_at) AS seconds FROM declarations AS d JOIN goods AS g ON g.declaration_no = d.declaration_no WHERE d.registered_on >= DATE '2024-01-01' AND d.registered_on < DATE '2027-01-01' AND  d.status = 'cancelled'
),

-- All files of the declarants who had one cancelled.
lodged AS (
SELECT d.declaration_no, d.office, d.declarant_id, COALESCE(d.importer_id, '') AS importer, g.items, COALESCE(g.first_goods, '') AS goods, EPOCH(d.registered_at) AS seconds FROM declarations AS d JOIN goods AS g ON g.declaration_no = d.declaration_no WHERE d.registered_on >= DATE '2024-01-01' AND d.registered_on < DATE '2027-01-01' AND  d.declarant_id IN (SELECT c.declarant_id FROM cancelled AS c)
),

-- Files of as many items and the same first goods that a declarant lodged for an importer within 14 days after one that was cancelled.
followed AS (
SELECT c.declaration_no, o.declaration_no AS other
            FROM cancelled AS c
            JOIN lodged AS o
              ON o.declarant_id = c.declarant_id AND o.office = c.office
             AND o.importer = c.importer AND o.goods = c.goods AND o.items = c.items
             AND o.seconds - c.seconds BETWEEN 0 AND 1209600
             AND (o.seconds > c.seconds OR o.declaration_no > c.declaration_no)
),

-- Both of each two.
compared AS (
SELECT l.declaration_no FROM followed AS l UNION SELECT l.other AS declaration_no FROM followed AS l
),

-- What they are of: how many items, the first and the last of their codes, net mass (without it, value).
consignments AS (
SELECT i.declaration_no, COUNT(*) AS items, MIN(i.hs_code) AS least, MAX(i.hs_code) AS most, COALESCE(SUM(CAST(i.net_mass_kg AS DOUBLE)), SUM(CAST(i.declared_value AS DOUBLE))) AS amount FROM items AS i SEMI JOIN compared AS c ON c.declaration_no = i.declaration_no GROUP BY i.declaration_no
),

-- Cancelled files of which the same consignment was lodged again and met an officer: the same one, or not.
again AS (
SELECT l.declaration_no, MAX(CASE WHEN p.officer_id = b.officer_id THEN 1 ELSE 0 END) AS same_officer
            FROM followed AS l
            JOIN consignments AS c ON c.declaration_no = l.declaration_no
            JOIN consignments AS o
              ON o.declaration_no = l.other AND o.items = c.items AND o.least = c.least AND o.most = c.most
             AND ABS(o.amount - c.amount) <= 0.01 * c.amount
            JOIN picks AS b ON b.declaration_no = l.declaration_no
            JOIN picks AS p ON p.declaration_no = l.other
            GROUP BY l.declaration_no
)

-- Declarations whose lane needs an officer, with the office's own day and hour of the pick.
SELECT d.declaration_no, d.office,
                   COALESCE(p.section, d.section) AS section,
                   d.lane_assigned AS lane,
                   d.procedure AS procedure,
                   g.first_goods, g.main_goods, g.origin, g.exemption, t.least AS least_declared, t.most AS most_declared, COALESCE(t.kinds, 0) AS declared_kinds, COALESCE(g.items, 0) - COALESCE(t.items, 0) AS bare_items,
                   d.importer_id AS importer, n.same_officer,
                   CASE WHEN g.items < 3 THEN g.items - 1 WHEN g.items < 5 THEN 2 WHEN g.items < 10 THEN 3
                        WHEN g.items >= 10 THEN 4 END AS items,
                   CASE WHEN d.declared_value IS NULL THEN NULL WHEN d.declared_value < 100 THEN 0 WHEN d.declared_value < 300 THEN 1 WHEN d.declared_value < 1000 THEN 2 WHEN d.declared_value < 3000 THEN 3 WHEN d.declared_value < 10000 THEN 4 WHEN d.declared_value < 30000 THEN 5 WHEN d.declared_value < 100000 THEN 6 WHEN d.declared_value < 300000 THEN 7 WHEN d.declared_value < 1000000 THEN 8 WHEN d.declared_value < 3000000 THEN 9 WHEN d.declared_value < 10000000 THEN 10 WHEN d.declared_value < 30000000 THEN 11 WHEN d.declared_value < 100000000 THEN 12 WHEN d.declared_value < 300000000 THEN 13 WHEN d.declared_value < 1000000000 THEN 14 WHEN d.declared_value < 3000000000 THEN 15 ELSE 16 END AS value,
                   d.declarant_id AS declarant, p.officer_id AS officer,
                   COALESCE(p.day, d.registered_on) - DATE '1970-01-01' AS day,
                   CASE WHEN p.day IS NULL THEN d.registered_hour ELSE p.hour END AS hour,
                   CASE WHEN CASE WHEN p.day IS NULL THEN d.registered_hour ELSE p.hour END IS NOT NULL THEN CAST(FLOOR(EPOCH(COALESCE(p.at, d.registered_at)) / 60) AS BIGINT) END AS minute,
                   COALESCE(l.officer_id, d.officer_id, p.officer_id) AS final,
                   l.given_by, l.day - DATE '1970-01-01' AS given_on,
                   CASE WHEN l.hour IS NOT NULL THEN CAST(FLOOR(EPOCH(l.at) / 60) AS BIGINT) END AS given_minute
            FROM declarations AS d
            JOIN picks AS p ON p.declaration_no = d.declaration_no
            LEFT JOIN last AS l ON l.declaration_no = d.declaration_no
            LEFT JOIN goods AS g ON g.declaration_no = d.declaration_no
            LEFT JOIN touched AS t ON t.declaration_no = d.declaration_no
            LEFT JOIN again AS n ON n.declaration_no = d.declaration_no
            WHERE d.registered_on >= DATE '2024-01-01' AND d.registered_on < DATE '2027-01-01'
              AND d.lane_assigned IN ('blue', 'yellow', 'red') AND d.declarant_id IS NOT NULL
