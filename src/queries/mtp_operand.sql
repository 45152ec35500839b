-- Which TPOT does AWQ have with and without MTP, by the printed numbers it is taken from?
-- printed_tpot takes the printed TPOT where there is one, printed_throughput the integers on both sides; run_error
-- lets every throughput be off by the assumed error of a run, and ignores rounding.
WITH
  pair AS MATERIALIZED (
    SELECT *
    FROM mtp_pair
  ),
  by_basis AS (
    SELECT
      'printed_tpot' AS basis,
      concurrency,
      with_mtp,
      without_mtp,
      sources
    FROM pair
    UNION ALL
    SELECT
      'printed_throughput',
      concurrency,
      ratio(exact(1000 * concurrency), quantity),
      ratio(exact(1000 * concurrency), baseline_quantity),
      sources
    FROM point_pair
    WHERE
      series = 'awq-mtp1'
      AND baseline = 'awq'
      AND metric = 'system_throughput'
    UNION ALL
    SELECT
      'run_error',
      concurrency,
      bounded(
        with_mtp.value,
        with_mtp.value / (1 + assumption.assumed),
        with_mtp.value / (1 - assumption.assumed)
      ),
      bounded(
        without_mtp.value,
        without_mtp.value / (1 + assumption.assumed),
        without_mtp.value / (1 - assumption.assumed)
      ),
      pair.sources
    FROM
      pair
      CROSS JOIN assumption
    WHERE what = 'run_error'
  )
SELECT
  *,
  ratio(without_mtp, with_mtp) AS speedup
FROM by_basis
