-- How large is the residual at other acceptance rates in the benchmark?
-- format: .1f ms
SELECT
  'a' || percent AS acceptance,
  concurrency,
  unnest(difference(scaled(tpot, 1 + percent / 100), verifying_step)),
  'ms' AS unit,
  'rounding' AS interval_kind,
  sources_with_doubled AS sources
FROM
  mtp_step
  CROSS JOIN (
    VALUES
      (0),
      (30),
      (50),
      (85),
      (100)
  ) AS assumed (percent)
WHERE verifying_step IS NOT NULL
