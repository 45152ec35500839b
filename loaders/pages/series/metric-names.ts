/** What the pages call the metrics of results, in the order in which they stand in tables. */
export const METRIC_NAMES: Readonly<Record<string, string>> = {
  output_throughput: "Output throughput",
  system_throughput: "System throughput",
  median_ttft_ms: "Median TTFT",
  p99_ttft_ms: "P99 TTFT",
  median_tpot_ms: "Median TPOT",
  median_itl_ms: "Median ITL",
  median_chunk_gap_ms: "Median chunk gap",
  median_token_gap_ms: "Median token gap",
  median_e2el_ms: "Median E2EL",
  median_client_queue_time_ms: "Median client queue time",
  median_e2el_including_client_queue_ms: "Median E2EL including client queue",
  acceptance_rate: "Acceptance rate",
  acceptance_length: "Acceptance length",
  prefix_cache_hit_rate: "Prefix-cache hit rate"
};
