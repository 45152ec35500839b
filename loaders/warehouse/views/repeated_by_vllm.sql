-- What is each measured metric by vLLM's definition: computed as in 0.15.1, or else as its tool reported it?
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
