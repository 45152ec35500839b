-- Which TPOT has AWQ with and without MTP at each concurrency, and from which printed numbers?
-- printed_tpot takes the printed TPOT where there is one; printed_throughput the integers on both sides;
-- run_error lets every throughput be off by the assumed error of a run, and leaves rounding out.
WITH
  by_basis AS (
    SELECT
      'printed_tpot' AS basis,
      series,
      concurrency,
      bounded(value, low, high) AS tpot,
      sources
    FROM tpot
    UNION ALL
    SELECT
      'printed_throughput',
      series,
      concurrency,
      ratio(exact(1000 * concurrency), quantity),
      sources
    FROM point
    WHERE metric = 'system_throughput'
    UNION ALL
    SELECT
      'run_error',
      series,
      concurrency,
      ratio(exact(1000 * concurrency), within_share(exact(1000 * concurrency / tpot.value), assumption.value)),
      tpot.sources
    FROM
      tpot
      CROSS JOIN mtp_assumption AS assumption
    WHERE what = 'run_error'
  )
SELECT
  basis,
  concurrency,
  a.tpot AS with_mtp,
  b.tpot AS without_mtp,
  ratio(b.tpot, a.tpot) AS speedup,
  merged(a.sources, b.sources) AS sources
FROM
  by_basis AS a
  JOIN by_basis AS b USING (basis, concurrency)
WHERE
  a.series = 'awq-mtp1'
  AND b.series = 'awq'
