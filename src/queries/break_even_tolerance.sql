-- How large may the error of every throughput be before the change by MTP may be of the other sign?
-- format: .1%
SELECT
  concurrency,
  abs(speedup.value - 1) / (speedup.value + 1) AS value,
  least(abs(speedup.low - 1) / (speedup.low + 1), abs(speedup.high - 1) / (speedup.high + 1)) AS low,
  greatest(abs(speedup.low - 1) / (speedup.low + 1), abs(speedup.high - 1) / (speedup.high + 1)) AS high,
  'ratio' AS unit,
  'rounding' AS interval_kind,
  sources
FROM mtp_pair
