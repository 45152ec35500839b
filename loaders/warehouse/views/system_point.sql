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
FROM repeated_by_vllm
WHERE metric = 'system_throughput'
