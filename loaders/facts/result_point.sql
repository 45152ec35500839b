-- What did the repeats of each measured point give, under the definition named?
-- format: .1f
-- may be empty
WITH
  shown (semantics, metric) AS (
    VALUES
      ('vllm-0.15.1', 'output_throughput'),
      ('vllm-0.15.1', 'system_throughput'),
      ('vllm-0.15.1', 'median_ttft_ms'),
      ('vllm-0.15.1', 'p99_ttft_ms'),
      ('vllm-0.15.1', 'median_tpot_ms'),
      ('vllm-0.15.1', 'median_itl_ms'),
      ('vllm-0.15.1', 'median_e2el_ms'),
      ('as-reported', 'output_throughput'),
      ('as-reported', 'system_throughput'),
      ('as-reported', 'median_ttft_ms'),
      ('as-reported', 'p99_ttft_ms'),
      ('as-reported', 'median_tpot_ms'),
      ('as-reported', 'median_itl_ms'),
      ('as-reported', 'median_e2el_ms'),
      ('as-reported', 'median_client_queue_time_ms'),
      ('as-reported', 'median_e2el_including_client_queue_ms'),
      ('benchbook-1', 'output_throughput'),
      ('benchbook-1', 'system_throughput'),
      ('benchbook-1', 'median_ttft_ms'),
      ('benchbook-1', 'median_tpot_ms'),
      ('benchbook-1', 'median_chunk_gap_ms'),
      ('benchbook-1', 'median_token_gap_ms'),
      ('benchbook-1', 'median_e2el_ms'),
      ('benchbook-1', 'median_client_queue_time_ms'),
      ('benchbook-1', 'median_e2el_including_client_queue_ms'),
      ('server', 'acceptance_rate'),
      ('server', 'acceptance_length'),
      ('server', 'prefix_cache_hit_rate')
  )
SELECT
  series,
  semantics,
  metric,
  offered_load,
  mean AS value,
  low,
  high,
  unit,
  interval_kind,
  CASE
    WHEN unit = 'ratio' THEN '.1%'
    WHEN unit = 'tokens' THEN '.2f'
    WHEN metric LIKE '%tpot%'
    OR metric LIKE '%gap%'
    OR metric LIKE '%itl%' THEN '.2f ms'
    ELSE '.1f ' || unit
  END AS format,
  sources
FROM
  repeated
  JOIN shown USING (semantics, metric)
WHERE
  -- Requests wait in the client only for one of a limited number of slots. Without a rate, all are due at
  -- once, and the wait only tells how many slots there are.
  semantics <> 'benchbook-1'
  OR metric NOT LIKE '%client_queue%'
  OR offered_load LIKE 'c%-r%'
