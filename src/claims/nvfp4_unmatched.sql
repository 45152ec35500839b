-- Is the highest concurrency of AWQ without an NVFP4 point?
SELECT
  truth(
    value = (
      SELECT max(concurrency)
      FROM throughput
      WHERE series = 'awq'
    ),
    FALSE
  ) AS verdict
FROM unmatched_concurrencies
WHERE which = 'highest'
