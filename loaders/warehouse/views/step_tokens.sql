-- For how many tokens a step are bytes computed, and which share of the experts does such a step read?
-- Uniform, independent routing: a token misses a given expert with probability 1 - k/E.
SELECT
  step.tokens,
  shape.model,
  shape.experts,
  shape.experts_per_token,
  CASE
    WHEN shape.experts > 0 THEN shape.experts * (1 - pow(1 - shape.experts_per_token / shape.experts, step.tokens))
    ELSE 0
  END AS distinct_experts,
  [{'source': shape.source, 'place': shape.place}] AS sources
FROM
  (
    SELECT unnest([1, 2, 4, 8, 16, 32]) AS tokens
    UNION
    SELECT DISTINCT
      input_len.number::INTEGER
    FROM setting AS input_len
    WHERE
      field = 'input_len'
      AND number IS NOT NULL
    UNION
    SELECT DISTINCT
      loaded.concurrency * (1 + coalesce(number, 0)::INTEGER)
    FROM
      (
        SELECT
          series,
          concurrency
        FROM printed
        UNION
        SELECT
          series,
          concurrency
        FROM run
        WHERE concurrency IS NOT NULL
      ) AS loaded
      JOIN setting ON setting.series = loaded.series
      AND setting.field = 'num_speculative_tokens'
  ) AS step
  CROSS JOIN model_shape AS shape
