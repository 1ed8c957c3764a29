-- Items that can be priced, with who declared, imported and handled them (only those that an officer handled).
SELECT d.declaration_no, i.item_no, d.office, d.declarant_id AS declarant,
                       COALESCE(d.importer_id, d.declarant_id) AS importer,
                       d.officer_id AS officer, COALESCE(d.section, '') AS section,
                       d.registered_on AS day, CAST(FLOOR(EPOCH(d.registered_at) / 604800) AS BIGINT) AS week,
                       YEAR(d.registered_on) * 4 + QUARTER(d.registered_on) AS quarter,
                       LEFT(i.hs_code, 6) AS hs6, i.origin, CASE WHEN i.net_mass_kg > 0 THEN 'kg' WHEN i.quantity > 0 THEN i.unit END AS measure,
                       CAST(FLOOR(LN(NULLIF(CAST(COALESCE(i.assessed_value, i.declared_value) AS DOUBLE) / NULLIF(CAST(CASE WHEN i.net_mass_kg > 0 THEN i.net_mass_kg WHEN i.quantity > 0 THEN i.quantity END AS DOUBLE), 0), 0)) * 1000 + 0.5) AS BIGINT) AS final_log, CASE WHEN i.assessed_value <> i.declared_value THEN CAST(FLOOR(LN(NULLIF(CAST(i.assessed_value AS DOUBLE) / NULLIF(CAST(i.declared_value AS DOUBLE), 0), 0)) * 1000 + 0.5) AS BIGINT) ELSE 0 END AS raised,
                       CAST(FLOOR(LEAST(CAST(COALESCE(i.assessed_value, i.declared_value) AS DOUBLE) * COALESCE(CAST(i.duty_rate AS DOUBLE), CAST(i.declared_tax AS DOUBLE) / NULLIF(CAST(i.declared_value AS DOUBLE), 0), 0.0) * 100, 10000000000000.0) + 0.5) AS BIGINT) AS tax
                FROM items AS i
                JOIN declarations AS d ON d.declaration_no = i.declaration_no
                WHERE d.registered_on >= DATE '2024-01-01'
                  AND d.registered_on < DATE '2027-01-01'
                  AND COALESCE(i.assessed_value, i.declared_value) > 0 AND CASE WHEN i.net_mass_kg > 0 THEN i.net_mass_kg WHEN i.quantity > 0 THEN i.quantity END > 0 AND i.hs_code IS NOT NULL AND d.declarant_id IS NOT NULL
                  AND d.officer_id IS NOT NULL
