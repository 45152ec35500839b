-- Does the evidence hold a pair of series that differs in the attention backend alone?
SELECT
  CASE
    WHEN value = 0 THEN 'not-supported'
    ELSE 'holds'
  END AS verdict
FROM controlled_pairs
WHERE field = 'attention_backend'
