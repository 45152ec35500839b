-- How many bytes of weights does one GPU read for a plain or a verifying step of AWQ, in the model and in its draft layer?
SELECT
  tokens,
  sum(
    bytes
    ORDER BY position
  ) FILTER (part = 'model') AS model_bytes,
  sum(
    bytes
    ORDER BY position
  ) FILTER (part = 'draft') AS layer_bytes,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM component_as_awq
WHERE
  checkpoint_id = 'awq'
  AND tokens IN (1, 2, 4, 8, 16, 32)
GROUP BY tokens
