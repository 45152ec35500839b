-- How many times as fast does AWQ decode with MTP, from the printed TPOT?
-- format: .3f
SELECT
  concurrency,
  unnest(speedup),
  'ratio' AS unit,
  'rounding' AS interval_kind,
  sources
FROM mtp_pair
