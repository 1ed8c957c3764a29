-- Count the lanes that the engine chose on each day, and the random selections among them.
SELECT
  declarations.office AS office,
  declarations.procedure AS procedure,
  declarations.lane_assigned AS lane,
  declarations.registered_on AS day,
  COUNT(*) AS n,
  COUNT(*) FILTER(WHERE
    declarations.lane_reason = 'random') AS random
FROM declarations AS declarations
WHERE
  declarations.registered_on >= CAST('2024-01-01' AS DATE)
  AND declarations.registered_on < CAST('2027-01-01' AS DATE)
GROUP BY
  declarations.office,
  declarations.procedure,
  declarations.lane_assigned,
  declarations.registered_on
ORDER BY
  office,
  procedure,
  CAST(lane AS TEXT),
  day
