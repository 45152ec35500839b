-- For how many tokens a step are bytes computed, how many GPUs share them, and which share of the experts is read?
-- Uniform, independent routing: a token misses a given expert with probability 1 - k/E.
SELECT
  step.tokens,
  tp.number AS gpus,
  shape.model,
  shape.experts,
  shape.experts_per_token,
  shape.experts * (1 - pow(1 - shape.experts_per_token / shape.experts, step.tokens)) AS distinct_experts,
  context.tokens AS context,
  shape.layers * 2 * shape.kv_heads * shape.head_dim AS kv_values,
  [{'source': shape.source, 'place': shape.place}, {'source': series.source, 'place': series.place}] AS sources
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
      concurrency * (1 + coalesce(number, 0)::INTEGER)
    FROM
      printed
      JOIN setting ON setting.series = printed.series
      AND setting.field = 'num_speculative_tokens'
  ) AS step
  CROSS JOIN model_shape AS shape
  JOIN setting AS tp ON tp.series = 'awq'
  AND tp.field = 'tensor_parallel_size'
  JOIN series ON series.id = tp.series
  CROSS JOIN (
    SELECT
      sum(
        CASE field
          WHEN 'input_len' THEN number
          ELSE number / 2
        END
      ) AS tokens
    FROM setting
    WHERE
      series = 'awq'
      AND field IN ('input_len', 'output_len')
  ) AS context
