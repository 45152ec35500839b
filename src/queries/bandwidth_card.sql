-- Which memory bandwidths are possible?
-- format: .0f GB/s
SELECT
  name AS bandwidth,
  unnest(exact(value)),
  'GB/s' AS unit,
  'none' AS interval_kind,
  sources
FROM gpu_bandwidth
