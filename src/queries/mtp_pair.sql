-- Which TPOT has AWQ with and without MTP at each concurrency, as printed or else from system throughput?
WITH
  deployment AS MATERIALIZED (
    SELECT
      series,
      concurrency,
      bounded(value, low, high) AS tpot,
      sources
    FROM tpot
  )
SELECT
  a.concurrency,
  a.tpot AS with_mtp,
  b.tpot AS without_mtp,
  ratio(b.tpot, a.tpot) AS speedup,
  merged(a.sources, b.sources) AS sources
FROM
  deployment AS a
  JOIN deployment AS b ON b.concurrency = a.concurrency
WHERE
  a.series = 'awq-mtp1'
  AND b.series = 'awq'
