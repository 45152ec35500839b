-- Which share of each bandwidth does each measured step imply?
-- format: .1%
SELECT
  series,
  bandwidth.name AS bandwidth,
  concurrency,
  unnest(ratio(exact(weights / 1e6 / bandwidth.value), milliseconds)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  merged(step.sources, bandwidth.sources) AS sources
FROM
  decode_step AS step
  CROSS JOIN gpu_bandwidth AS bandwidth
