-- How many requests and tokens per second did the run complete, and how many within the goodput limits?
-- Token throughput is unknown if the tokens of any answer are, and so is goodput if a TPOT limit needs them.
-- In vLLM, a request of one token has TPOT 0 and always passes; here it passes because it has no TPOT.
CREATE VIEW throughput AS
SELECT
  o.run_id,
  o.semantics,
  count(*) FILTER (success) AS completed,
  count(*) FILTER (NOT success) AS failed,
  coalesce(sum(input_tokens) FILTER (success), 0) AS total_input_tokens,
  CASE
    WHEN count(*) FILTER (
      success
      AND output_tokens IS NULL
    ) = 0 THEN coalesce(sum(output_tokens) FILTER (success), 0)
  END AS total_output_tokens,
  1000 * completed / any_value(duration_ms) AS request_throughput,
  1000 * total_output_tokens / any_value(duration_ms) AS output_throughput,
  1000 * (total_input_tokens + total_output_tokens) / any_value(duration_ms) AS total_token_throughput,
  CASE
    WHEN any_value(goodput_tpot_ms) IS NOT NULL
    AND total_output_tokens IS NULL THEN NULL
    WHEN any_value(coalesce(goodput_ttft_ms, goodput_tpot_ms, goodput_e2el_ms)) IS NOT NULL THEN 1000 * count(*) FILTER (
      success
      AND coalesce(ttft_ms <= goodput_ttft_ms, TRUE)
      AND coalesce(tpot_ms <= goodput_tpot_ms, TRUE)
      AND coalesce(e2el_ms <= goodput_e2el_ms, TRUE)
    ) / any_value(duration_ms)
  END AS request_goodput
FROM
  outcome AS o
  JOIN run USING (run_id)
GROUP BY
  o.run_id,
  o.semantics;
