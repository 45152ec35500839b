-- How far is AWQ ahead if NVFP4's system throughput is concurrency times its own per-request throughput?
-- format: +.0%
SELECT
  a.concurrency,
  unnest(shifted(ratio(a.quantity, scaled(b.quantity, a.concurrency)), -1)),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  merged(a.sources, b.sources) AS sources
FROM
  point AS a
  JOIN point AS b ON b.concurrency = a.concurrency
WHERE
  a.series = 'awq'
  AND a.metric = 'system_throughput'
  AND b.series = 'nvfp4-per-request'
  AND b.metric = 'per_request_throughput'
