-- Which TPOT does AWQ have with and without MTP at each concurrency, as printed or else from system throughput?
SELECT
  a.concurrency,
  a.quantity AS with_mtp,
  b.quantity AS without_mtp,
  ratio(b.quantity, a.quantity) AS speedup,
  merged(a.sources, b.sources) AS sources
FROM
  median_tpot AS a
  JOIN median_tpot AS b ON b.concurrency = a.concurrency
WHERE
  a.series = 'awq-mtp1'
  AND b.series = 'awq'
