-- Which dense FP16 tensor rate does each GPU have, stated or derived from its FP32 rate?
-- The ratio of the two rates comes from the card for which both are stated.
SELECT
  fp32.hardware,
  coalesce(fp16.value, fp32.value * known.ratio) AS tflops,
  fp16.value IS NULL AS derived,
  bandwidth.value AS gb_s,
  merged(
    [
      {'source': fp32.source, 'place': fp32.place},
      {'source': bandwidth.source, 'place': bandwidth.place}
    ],
    known.sources
  ) AS sources
FROM
  hardware_spec AS fp32
  JOIN hardware_spec AS bandwidth ON bandwidth.hardware = fp32.hardware
  AND bandwidth.field = 'bandwidth_gb_s'
  LEFT JOIN hardware_spec AS fp16 ON fp16.hardware = fp32.hardware
  AND fp16.field = 'fp16_tensor_tflops'
  CROSS JOIN (
    SELECT
      a.value / b.value AS ratio,
      [{'source': a.source, 'place': a.place}, {'source': b.source, 'place': b.place}] AS sources
    FROM
      hardware_spec AS a
      JOIN hardware_spec AS b ON b.hardware = a.hardware
      AND b.field = 'fp32_tflops'
    WHERE
      a.hardware = 'workstation'
      AND a.field = 'fp16_tensor_tflops'
  ) AS known
WHERE fp32.field = 'fp32_tflops'
