-- How are TTFT and TPOT spread over the requests of each measured point, all repeats together?
-- format: .1f ms
-- may be empty
WITH
  sample AS (
    SELECT
      series,
      run,
      offered_load,
      'ttft' AS metric,
      ttft_ms AS value_ms
    FROM request_latency
    WHERE ttft_ms IS NOT NULL
    UNION ALL
    SELECT
      series,
      run,
      offered_load,
      'tpot',
      tpot_ms
    FROM request_latency
    WHERE tpot_ms IS NOT NULL
  ),
  spread AS (
    SELECT
      series,
      metric,
      offered_load,
      quantile_cont(value_ms, [0.05, 0.25, 0.5, 0.75, 0.95]) AS quantiles,
      list(DISTINCT run) AS runs
    FROM sample
    GROUP BY
      series,
      metric,
      offered_load
  )
SELECT
  series,
  metric,
  offered_load,
  quantile,
  unnest(exact(round(quantiles[position], 6))),
  'ms' AS unit,
  'none' AS interval_kind,
  CASE metric
    WHEN 'ttft' THEN '.1f ms'
    ELSE '.2f ms'
  END AS format,
  (
    SELECT list_sort(list_distinct(list({'source': card.source, 'place': run.file})))
    FROM
      run
      JOIN series AS card ON card.id = run.series
    WHERE list_contains(runs, run.id)
  ) AS sources
FROM
  spread
  CROSS JOIN (
    VALUES
      (1, 'p5'),
      (2, 'p25'),
      (3, 'p50'),
      (4, 'p75'),
      (5, 'p95')
  ) AS asked (position, quantile)
