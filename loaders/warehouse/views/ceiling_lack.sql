-- What do the cards leave open that the ceiling of a series needs?
SELECT
  series,
  needed.what
FROM
  deployment
  CROSS JOIN LATERAL (
    VALUES
      ('a model card for the model of the series', model),
      ('a checkpoint of the model card with the quantisation of the series', checkpoint_id),
      ('tensor_parallel_size of the series', gpus::VARCHAR),
      ('num_speculative_tokens of the series', tokens_per_request::VARCHAR),
      (
        'a hardware card for the GPU of the series, with bandwidth_gb_s',
        (
          SELECT any_value(hardware)
          FROM hardware_peak AS peak
          WHERE
            peak.product = deployment.product
            AND coalesce(deployment.variant, peak.hardware) IN (peak.hardware, peak.label)
        )
      )
  ) AS needed (what, value)
WHERE needed.value IS NULL
UNION ALL
SELECT
  deployment.series,
  lack.what || ' of the model card'
FROM
  deployment
  JOIN checkpoint_lack AS lack ON lack.checkpoint_id = deployment.checkpoint_id
