-- By what share does MTP change the median time to first token at each concurrency?
-- format: +.0%
SELECT
  concurrency,
  unnest(shifted(ratio(quantity, baseline_quantity), -1)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  sources
FROM point_pair
WHERE
  series = 'awq-mtp1'
  AND baseline = 'awq'
  AND metric = 'ttft_median'
