-- Controls, those that name nobody, those that the system re-routed, and those without an act.
SELECT
  closed_controls.office AS office,
  closed_controls.lane AS lane,
  COUNT(*) AS n,
  COUNT(*) FILTER(WHERE
    closed_controls.closer IS NULL) AS nobody,
  SUM(closed_controls.by_system) AS by_system,
  SUM(closed_controls.no_act) AS no_act,
  SUM(closed_controls.stranger) AS stranger
FROM closed_controls AS closed_controls
GROUP BY
  closed_controls.office,
  closed_controls.lane
ORDER BY
  office NULLS LAST,
  lane NULLS LAST
