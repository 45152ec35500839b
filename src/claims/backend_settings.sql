-- Do the cards state these attention backends?
SELECT
  CASE
    WHEN bool_and(
      text = CASE series
        WHEN 'awq' THEN 'FLASHINFER'
        ELSE 'TRITON_ATTN'
      END
    ) THEN 'holds'
    ELSE 'contradicted'
  END AS verdict
FROM setting
WHERE
  field = 'attention_backend'
  AND series IN ('awq', 'nvfp4')
