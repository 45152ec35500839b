-- What is the system throughput of each series by vLLM's definition, printed or measured?
-- It is the concurrency times 1000 over the median TPOT in milliseconds, as the published tables have it.
SELECT
  point.series,
  point.concurrency,
  point.quantity.value AS value,
  point.quantity.low AS low,
  point.quantity.high AS high,
  'rounding' AS interval_kind,
  'as-printed' AS semantics,
  NULL::BIGINT AS repeats,
  NULL::DOUBLE AS variance,
  point.sources
FROM point
WHERE
  point.metric = 'system_throughput'
  AND point.series NOT IN (
    SELECT id
    FROM series
    WHERE incomparable IS NOT NULL
  )
UNION ALL
SELECT
  series,
  substr(offered_load, 2)::INTEGER,
  mean,
  low,
  high,
  interval_kind,
  semantics,
  repeats,
  variance,
  sources
FROM repeated
WHERE
  metric = 'system_throughput'
  AND semantics IN ('vllm-0.15.1', 'as-reported')
QUALIFY
  row_number() OVER (
    PARTITION BY
      series,
      offered_load
    ORDER BY semantics DESC
  ) = 1
