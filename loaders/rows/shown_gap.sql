-- What share of the chunks of each load came after which gap, in milliseconds?
SELECT
  series,
  offered_load AS load,
  low_ms AS low,
  high_ms AS high,
  sum(chunks) / sum(sum(chunks)) OVER (
    PARTITION BY
      series,
      offered_load
  ) AS share
FROM
  chunk_gap
  JOIN evidence_run ON evidence_run.id = chunk_gap.run
GROUP BY
  series,
  offered_load,
  concurrency,
  request_rate,
  low_ms,
  high_ms
ORDER BY
  series,
  concurrency,
  request_rate,
  offered_load,
  low_ms
