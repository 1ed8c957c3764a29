-- Log unit value less its mean over product, origin and quarter; then the spread of what is left.
WITH priced AS (
    SELECT SUBSTRING(i.hs_code, 1, 6) AS hs6, i.origin AS origin,
           CAST(DATE_TRUNC('quarter', d.registered_on) AS DATE) AS quarter,
           LN(CAST(i.declared_value AS DOUBLE) / i.net_mass_kg) AS unit_value
    FROM items AS i
    JOIN declarations AS d ON d.declaration_id = i.declaration_id
    WHERE i.declared_value > 0 AND i.net_mass_kg > 0
),
demeaned AS (
    SELECT unit_value - AVG(unit_value) OVER (PARTITION BY hs6, origin, quarter) AS gap FROM priced
)
SELECT COUNT(*) AS n, SUM(gap * gap) AS squares, COUNT(*) FILTER (WHERE gap < -0.5) AS far_below FROM demeaned
