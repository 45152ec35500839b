-- Are the published bytes fewer than a GPU holds, whatever the rounding?
SELECT truth(stated.high < checkpoint.low, stated.low < checkpoint.high) AS verdict
FROM
  stated_value AS stated
  CROSS JOIN bytes_checkpoint AS checkpoint
WHERE
  stated.id = 'ceiling_weights_per_gpu'
  AND checkpoint.checkpoint_id = 'awq'
  AND checkpoint.which = 'gpu_gb'
