-- Items that can be priced, with who declared, imported and handled them (only those that an officer handled).
SELECT
  d.declaration_no AS declaration_no,
  i.item_no AS item_no,
  d.office AS office,
  d.declarant_id AS declarant,
  COALESCE(d.importer_id, d.declarant_id) AS importer,
  d.officer_id AS officer,
  COALESCE(d.section, '') AS section,
  d.registered_on AS day,
  CAST(RINT(
    CAST(FLOOR(
      (
        CAST(UNIX_MICROS(d.registered_at) AS DOUBLE) / 1e6
      ) / CAST(604800 AS DOUBLE)
    ) AS DOUBLE)
  ) AS BIGINT) AS week,
  YEAR(d.registered_on) * 4 + QUARTER(d.registered_on) AS quarter,
  LEFT(i.hs_code, 6) AS hs6,
  i.origin AS origin,
  CASE WHEN i.net_mass_kg > 0 THEN 'kg' WHEN i.quantity > 0 THEN i.unit END AS measure,
  CAST(RINT(
    CAST(FLOOR(
      LN(
        IF(
          NULLIF(
            CAST(COALESCE(i.assessed_value, i.declared_value) AS DOUBLE) / NULLIF(
              CAST(CASE
                WHEN i.net_mass_kg > 0
                THEN i.net_mass_kg
                WHEN i.quantity > 0
                THEN i.quantity
              END AS DOUBLE),
              0
            ),
            0
          ) < 0,
          CAST('NaN' AS DOUBLE),
          NULLIF(
            CAST(COALESCE(i.assessed_value, i.declared_value) AS DOUBLE) / NULLIF(
              CAST(CASE
                WHEN i.net_mass_kg > 0
                THEN i.net_mass_kg
                WHEN i.quantity > 0
                THEN i.quantity
              END AS DOUBLE),
              0
            ),
            0
          )
        )
      ) * 1000 + 0.5
    ) AS DOUBLE)
  ) AS BIGINT) AS final_log,
  CASE
    WHEN i.assessed_value <> i.declared_value
    THEN CAST(RINT(
      CAST(FLOOR(
        LN(
          IF(
            NULLIF(CAST(i.assessed_value AS DOUBLE) / NULLIF(CAST(i.declared_value AS DOUBLE), 0), 0) < 0,
            CAST('NaN' AS DOUBLE),
            NULLIF(CAST(i.assessed_value AS DOUBLE) / NULLIF(CAST(i.declared_value AS DOUBLE), 0), 0)
          )
        ) * 1000 + 0.5
      ) AS DOUBLE)
    ) AS BIGINT)
    ELSE 0
  END AS raised,
  CAST(RINT(
    CAST(FLOOR(
      LEAST(
        CAST(COALESCE(i.assessed_value, i.declared_value) AS DOUBLE) * COALESCE(
          CAST(i.duty_rate AS DOUBLE),
          CAST(i.declared_tax AS DOUBLE) / NULLIF(CAST(i.declared_value AS DOUBLE), 0),
          0.0
        ) * 100,
        10000000000000.0
      ) + 0.5
    ) AS DOUBLE)
  ) AS BIGINT) AS tax
FROM items AS i
JOIN declarations AS d
  ON d.declaration_no = i.declaration_no
WHERE
  d.registered_on >= CAST('2024-01-01' AS DATE)
  AND d.registered_on < CAST('2027-01-01' AS DATE)
  AND COALESCE(i.assessed_value, i.declared_value) > 0
  AND CASE
    WHEN i.net_mass_kg > 0
    THEN i.net_mass_kg
    WHEN i.quantity > 0
    THEN i.quantity
  END > 0
  AND NOT i.hs_code IS NULL
  AND NOT d.declarant_id IS NULL
  AND NOT d.officer_id IS NULL
