-- Which memory bandwidth is each GPU rated at, in GB/s, and which dense FP16 tensor rate, in TFLOP/s, where one is stated?
SELECT
  hardware.id AS hardware,
  hardware.label,
  hardware.product,
  bandwidth.value AS gb_s,
  tensor.value AS tflops,
  [{'source': bandwidth.source, 'place': bandwidth.place}] AS sources,
  CASE
    WHEN tensor.value IS NOT NULL THEN [{'source': tensor.source, 'place': tensor.place}]
    ELSE []
  END AS tensor_sources
FROM
  hardware
  JOIN hardware_spec AS bandwidth ON bandwidth.hardware = hardware.id
  AND bandwidth.field = 'bandwidth_gb_s'
  LEFT JOIN hardware_spec AS tensor ON tensor.hardware = hardware.id
  AND tensor.field = 'fp16_tensor_tflops'
