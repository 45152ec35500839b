-- What is each measured metric by vLLM's definition: computed under that of 0.15.1, else as the tool that ran it reported it?
SELECT *
FROM repeated
WHERE semantics IN ('vllm-0.15.1', 'as-reported')
QUALIFY
  row_number() OVER (
    PARTITION BY
      series,
      metric,
      offered_load
    ORDER BY semantics DESC
  ) = 1
