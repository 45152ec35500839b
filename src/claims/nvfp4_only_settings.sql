-- Do the cards of AWQ and NVFP4 differ in nothing else that is stated for both, but the quantisation?
SELECT
  CASE
    WHEN count(*) > 0 THEN 'contradicted'
    ELSE 'holds'
  END AS verdict
FROM configuration_difference
WHERE
  series = 'awq'
  AND baseline = 'nvfp4'
  AND kind = 'differs'
  AND field NOT IN ('quantisation', 'max_num_batched_tokens', 'enable_thinking')
