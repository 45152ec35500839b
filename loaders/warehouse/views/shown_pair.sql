-- In which metrics, at which loads can two series be compared, by which definitions, and how sure is it?
SELECT
  series,
  baseline,
  metric,
  offered_load AS load,
  semantics,
  baseline_semantics,
  significance
FROM point_ratio
ORDER BY
  series,
  baseline,
  metric,
  offered_load
