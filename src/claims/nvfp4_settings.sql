-- Does the card of NVFP4 state this budget, and that thinking was off?
SELECT
  CASE
    WHEN count(*) FILTER (
      (
        field = 'max_num_batched_tokens'
        AND number = 16384
      )
      OR (
        field = 'enable_thinking'
        AND text = 'false'
      )
    ) = 2 THEN 'holds'
    ELSE 'contradicted'
  END AS verdict
FROM setting
WHERE series = 'nvfp4'
