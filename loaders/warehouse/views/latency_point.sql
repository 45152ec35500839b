-- What are the median TTFT, TPOT and E2EL of each series at each offered load, printed or measured under vLLM's definition?
SELECT
  series,
  CASE metric
    WHEN 'ttft_median' THEN 'median_ttft_ms'
    ELSE 'median_tpot_ms'
  END AS metric,
  'c' || concurrency AS offered_load,
  quantity.value AS value,
  quantity.low AS low,
  quantity.high AS high,
  'rounding' AS interval_kind,
  'as-printed' AS semantics,
  NULL::BIGINT AS repeats,
  NULL::DOUBLE AS variance,
  sources
FROM point
WHERE metric IN ('ttft_median', 'tpot_median')
UNION ALL
SELECT
  series,
  metric,
  offered_load,
  mean,
  low,
  high,
  interval_kind,
  semantics,
  repeats,
  variance,
  sources
FROM repeated_by_vllm
WHERE
  metric IN ('median_ttft_ms', 'median_tpot_ms', 'median_e2el_ms')
  AND mean > 0
