-- By how much is NVFP4's system throughput below concurrency times its per-request throughput?
-- format: .0%
SELECT
  a.concurrency,
  unnest(difference(exact(1), ratio(a.quantity, scaled(b.quantity, a.concurrency)))),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  merged(a.sources, b.sources) AS sources
FROM
  point AS a
  JOIN point AS b ON b.series = a.series
  AND b.concurrency = a.concurrency
WHERE
  a.series = 'nvfp4-per-request'
  AND a.metric = 'system_throughput'
  AND b.metric = 'per_request_throughput'
