-- What do the pages call the metrics of results, in the order of the tables?
SELECT *
FROM
  (
    VALUES
      (1, 'output_throughput', 'Output throughput'),
      (2, 'system_throughput', 'System throughput'),
      (3, 'median_ttft_ms', 'Median TTFT'),
      (4, 'p99_ttft_ms', 'P99 TTFT'),
      (5, 'median_tpot_ms', 'Median TPOT'),
      (6, 'median_itl_ms', 'Median ITL'),
      (7, 'median_chunk_gap_ms', 'Median chunk gap'),
      (8, 'median_token_gap_ms', 'Median token gap'),
      (9, 'median_e2el_ms', 'Median E2EL'),
      (10, 'median_client_queue_time_ms', 'Median client queue time'),
      (11, 'median_e2el_including_client_queue_ms', 'Median E2EL including client queue'),
      (12, 'acceptance_rate', 'Acceptance rate'),
      (13, 'acceptance_length', 'Acceptance length'),
      (14, 'prefix_cache_hit_rate', 'Prefix-cache hit rate')
  ) AS named (position, metric, name)
