-- Which printed numbers follow from other printed numbers, within rounding, and which do not?
-- The source's percentages against those of its own integers.
SELECT
  'change.' || p.series || '.' || p.baseline AS relation,
  abs(100 * (s.quantity.value - 1) - p.value) <= p.half_width AS agrees,
  merged([{'source': p.source, 'place': p.place}], s.sources) AS sources
FROM
  printed AS p
  JOIN speedup AS s ON s.series = p.series
  AND s.baseline = p.baseline
  AND s.concurrency = p.concurrency
WHERE p.role = 'derived'
UNION ALL
-- Values printed a second time against the first.
SELECT
  'restated.' || p.series,
  p.value = q.quantity.value,
  merged([{'source': p.source, 'place': p.place}], q.sources)
FROM
  printed AS p
  JOIN point AS q ON q.series = p.series
  AND q.metric = p.metric
  AND q.concurrency = p.concurrency
WHERE p.role = 'restated'
UNION ALL
-- Per-request throughput against system throughput over concurrency.
SELECT
  'per_request.' || a.series,
  round(b.quantity.value / b.concurrency) = a.quantity.value,
  merged(a.sources, b.sources)
FROM
  point AS a
  JOIN point AS b ON b.series = a.series
  AND b.concurrency = a.concurrency
  AND b.metric = 'system_throughput'
WHERE a.metric = 'per_request_throughput'
UNION ALL
-- System throughput against the formula on the printed TPOT.
SELECT
  'formula.' || a.series,
  round(1000 * a.concurrency / b.quantity.value) = a.quantity.value,
  merged(a.sources, b.sources)
FROM
  point AS a
  JOIN point AS b ON b.series = a.series
  AND b.concurrency = a.concurrency
  AND b.metric = 'tpot_median'
WHERE a.metric = 'system_throughput'
