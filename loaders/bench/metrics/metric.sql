-- What are all metrics of a run, one in each row, under vLLM's names?
CREATE VIEW metric AS
WITH
  -- Materialized because it is read twice, and sorting all samples is most of the work.
  each AS MATERIALIZED (
    FROM statistic
  )
SELECT
  run_id,
  semantics,
  statistic || '_' || metric || '_ms' AS name,
  value_ms AS value
FROM each
UNION ALL
SELECT
  run_id,
  semantics,
  'samples_' || metric AS name,
  n::DOUBLE AS value
FROM each
WHERE statistic = 'mean'
UNION ALL
SELECT
  run_id,
  semantics,
  name,
  value
FROM
  (
    UNPIVOT (
      SELECT
        run_id,
        semantics,
        completed::DOUBLE AS completed,
        failed::DOUBLE AS failed,
        total_input_tokens::DOUBLE AS total_input_tokens,
        total_output_tokens::DOUBLE AS total_output_tokens,
        request_throughput,
        output_throughput,
        total_token_throughput,
        request_goodput
      FROM throughput
    ) ON COLUMNS (* EXCLUDE (run_id, semantics)) INTO NAME name VALUE value
  )
UNION ALL
SELECT
  run_id,
  semantics,
  'max_output_tokens_per_s' AS name,
  max_output_tokens_per_s AS value
FROM vllm_peak
UNION ALL
SELECT
  run_id,
  semantics,
  'max_concurrent_requests' AS name,
  max_concurrent_requests AS value
FROM vllm_peak
UNION ALL
SELECT
  run_id,
  'benchbook-1' AS semantics,
  'steady_state_duration_ms' AS name,
  duration_ms AS value
FROM steady_state
UNION ALL
SELECT
  run_id,
  'benchbook-1' AS semantics,
  'steady_state_output_throughput' AS name,
  output_throughput AS value
FROM steady_state
UNION ALL
SELECT
  run_id,
  'benchbook-1' AS semantics,
  'mean_in_flight' AS name,
  mean_in_flight AS value
FROM mean_in_flight
UNION ALL
SELECT
  run_id,
  'benchbook-1' AS semantics,
  'littles_law_ratio' AS name,
  ratio AS value
FROM littles_law;
