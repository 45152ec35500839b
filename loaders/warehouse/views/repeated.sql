-- What is each metric of a point over its repeats, and how far do they scatter?
-- The interval is Student's t for three repeats or more: for two, it would be about nine times as wide as their
-- difference. It stays within the range of the metric: nothing is below 0, no share above 1.
WITH
  summed AS (
    SELECT
      series,
      semantics,
      metric,
      offered_load,
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
      offered_load,
      unit
  ),
  scattered AS (
    SELECT
      summed.*,
      CASE
        WHEN repeats > 2 THEN (
          SELECT min(t)
          FROM t_quantile
          WHERE df < repeats
        ) * sqrt(variance / repeats)
        ELSE 0
      END AS half_width
    FROM summed
  )
SELECT
  series,
  semantics,
  metric,
  offered_load,
  unit,
  repeats,
  mean,
  variance,
  greatest(mean - half_width, least(mean, 0)) AS low,
  least(
    mean + half_width,
    CASE
      WHEN metric IN ('acceptance_rate', 'prefix_cache_hit_rate') THEN 1
      ELSE 'inf'::DOUBLE
    END
  ) AS high,
  CASE
    WHEN repeats > 2 THEN 't'
    ELSE 'none'
  END AS interval_kind,
  sources
FROM scattered
