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
WHERE point.metric = 'system_throughput'
UNION ALL
SELECT
  series,
  concurrency,
  mean,
  mean - coalesce(
    (
      SELECT min(t)
      FROM t_quantile
      WHERE df < repeats
    ) * sqrt(variance / repeats),
    0
  ),
  mean + coalesce(
    (
      SELECT min(t)
      FROM t_quantile
      WHERE df < repeats
    ) * sqrt(variance / repeats),
    0
  ),
  CASE
    WHEN repeats > 1 THEN 't'
    ELSE 'none'
  END,
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
      concurrency
    ORDER BY semantics DESC
  ) = 1
