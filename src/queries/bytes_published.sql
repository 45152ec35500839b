-- How do the published bytes compare with what the model card gives?
-- format: .1f
SELECT
  measure.which,
  unnest(measure.quantity),
  measure.unit,
  'rounding' AS interval_kind,
  measure.format,
  merged(weights.sources, step.sources) AS sources
FROM
  premise AS weights
  JOIN step_as_awq AS step ON step.checkpoint_id = 'awq'
  AND step.tokens = 1
  JOIN bytes_checkpoint AS stored ON stored.checkpoint_id = 'awq'
  AND stored.which = 'gb'
  JOIN bytes_checkpoint AS resident ON resident.checkpoint_id = 'awq'
  AND resident.which = 'gpu_gb'
  CROSS JOIN LATERAL (
    VALUES
      ('all_gpus', scaled(weights.quantity, gpus), 'GB', '.0f GB'),
      ('over_step', scaled(weights.quantity, 1e9 / step.weights), 'ratio', '.1f'),
      ('of_all_gpus_step', scaled(weights.quantity, 1e9 / step.weights / gpus), 'ratio', '.0%'),
      ('of_resident', scaled(weights.quantity, 1 / resident.value), 'ratio', '.0%'),
      ('of_checkpoint', scaled(weights.quantity, gpus / stored.value), 'ratio', '.0%')
  ) AS measure (which, quantity, unit, format)
WHERE weights.id = 'ceiling_weights_per_gpu'
