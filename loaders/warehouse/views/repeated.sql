-- What is each metric of a point over its repeats, and how far do they scatter?
SELECT
  series,
  semantics,
  metric,
  concurrency,
  unit,
  count(*) AS repeats,
  avg(value) AS mean,
  var_samp(value) AS variance,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM run_value
GROUP BY
  series,
  semantics,
  metric,
  concurrency,
  unit
