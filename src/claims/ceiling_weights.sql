-- Are the published bytes what one GPU reads for a token, or what it holds?
SELECT
  CASE
    WHEN coalesce(bool_or(computed.value BETWEEN published.low AND published.high), FALSE) THEN 'holds'
    ELSE 'contradicted'
  END AS verdict
FROM
  (
    SELECT value
    FROM bytes_per_step
    WHERE
      checkpoint_id = 'awq'
      AND part = 'weights'
      AND tokens = 1
    UNION ALL
    SELECT value
    FROM bytes_checkpoint
    WHERE
      checkpoint_id = 'awq'
      AND which = 'gpu_gb'
  ) AS computed
  CROSS JOIN stated_value AS published
WHERE published.id = 'ceiling_weights_per_gpu'
