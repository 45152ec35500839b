-- How many times as fast would MTP be if verification were its only cost and the stated acceptance held?
-- format: .2f
SELECT
  step.concurrency,
  expected_speedup(acceptance.value, 1, price.value, 0) AS value,
  expected_speedup(acceptance.low, 1, price.high, 0) AS low,
  expected_speedup(acceptance.high, 1, price.low, 0) AS high,
  'ratio' AS unit,
  'rounding' AS interval_kind,
  all_sources AS sources
FROM
  mtp_step AS step
  JOIN verification_price AS price ON price.concurrency = step.concurrency
