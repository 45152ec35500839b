-- At which concurrencies was anything printed for a series without result files, and which system throughput?
SELECT
  known.series AS of_series,
  known.concurrency,
  throughput.value,
  throughput.low,
  throughput.high,
  throughput.value IS NOT NULL AS is_drawn
FROM
  (
    SELECT
      series,
      concurrency
    FROM throughput
    UNION
    SELECT
      series,
      concurrency
    FROM per_request
    UNION
    SELECT
      series,
      concurrency
    FROM tpot
    UNION
    SELECT
      series,
      concurrency
    FROM ttft
    UNION
    SELECT
      series,
      concurrency
    FROM ttft_p99
  ) AS known
  LEFT JOIN throughput USING (series, concurrency)
WHERE
  known.series NOT IN (
    SELECT series
    FROM run
  )
ORDER BY
  known.series,
  known.concurrency
