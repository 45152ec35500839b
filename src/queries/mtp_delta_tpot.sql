-- By how much does MTP change the system throughput, taken from the median TPOT it prints?
-- format: +.1%
SELECT
  a.concurrency,
  unnest(
    shifted(
      ratio({'value': b.value, 'low': b.low, 'high': b.high}, {'value': a.value, 'low': a.low, 'high': a.high}),
      -1
    )
  ),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  merged(a.sources, b.sources) AS sources
FROM
  tpot AS a
  JOIN tpot AS b ON b.concurrency = a.concurrency
WHERE
  a.series = 'awq-mtp1'
  AND b.series = 'awq'
