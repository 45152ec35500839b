-- How many times the throughput of NVFP4 is that of AWQ, by each measure of later evidence?
-- per_request: NVFP4's system throughput taken as concurrency times its own per-request throughput.
SELECT
  'per_request' AS measure,
  a.concurrency,
  ratio(a.quantity, scaled(b.quantity, a.concurrency)) AS quantity,
  merged(a.sources, b.sources) AS sources
FROM
  point AS a
  JOIN point AS b ON b.concurrency = a.concurrency
WHERE
  a.series = 'awq'
  AND a.metric = 'system_throughput'
  AND b.series = 'nvfp4-per-request'
  AND b.metric = 'per_request_throughput'
UNION ALL
SELECT
  'rerun',
  concurrency,
  quantity,
  sources
FROM speedup
WHERE
  series = 'awq-rerun'
  AND baseline = 'nvfp4-rerun'
