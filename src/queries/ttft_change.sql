-- By how much does MTP change the median time to first token at each concurrency?
-- format: +.0f ms
SELECT
  concurrency,
  unnest(difference(quantity, baseline_quantity)),
  'ms' AS unit,
  'rounding' AS interval_kind,
  sources
FROM point_pair
WHERE
  series = 'awq-mtp1'
  AND baseline = 'awq'
  AND metric = 'ttft_median'
