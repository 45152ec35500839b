-- How many bytes does one GPU read in a decode step, in all?
-- The KV cache is read once for each token of the step, at two bytes a value and the mean context.
WITH
  weights AS (
    SELECT
      checkpoint_id,
      tokens,
      coalesce(
        sum(
          bytes
          ORDER BY position
        ) FILTER (reading = 'always'),
        0
      ) AS fixed,
      coalesce(
        sum(
          bytes
          ORDER BY position
        ) FILTER (reading = 'routed'),
        0
      ) AS routed,
      list_sort(list_distinct(flatten(list(sources)))) AS sources
    FROM step_component
    WHERE part = 'model'
    GROUP BY
      checkpoint_id,
      tokens
  )
SELECT
  checkpoint_id,
  tokens,
  gpus,
  fixed,
  routed,
  fixed + routed AS weights,
  tokens * context * kv_values * 2 / gpus AS kv,
  fixed + routed + tokens * context * kv_values * 2 / gpus AS total,
  weights.sources
FROM
  weights
  JOIN step_tokens USING (tokens)
