-- The rates that the administration declares, with the time in which each holds.
SELECT
  selectivity_rules.office AS office,
  selectivity_rules.procedure AS procedure,
  selectivity_rules.lane AS lane,
  selectivity_rules.expected_rate AS expected_rate,
  selectivity_rules.minimum_random_rate AS minimum_random_rate,
  selectivity_rules.from_date AS from_date,
  selectivity_rules.to_date AS to_date
FROM selectivity_rules AS selectivity_rules
ORDER BY
  office NULLS LAST,
  procedure NULLS LAST,
  lane NULLS LAST,
  from_date NULLS LAST,
  to_date NULLS LAST,
  expected_rate NULLS LAST,
  minimum_random_rate NULLS LAST
