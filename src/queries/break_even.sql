-- At which concurrency does MTP break even, interpolating its speed-up linearly between its neighbours?
-- format: .1f
SELECT
  unnest(
    {
      'value': before + (after - before) * (1 - ratio_before.value) / (ratio_after.value - ratio_before.value),
      'low': before + (after - before) * (1 - ratio_before.high) / (ratio_after.high - ratio_before.high),
      'high': before + (after - before) * (1 - ratio_before.low) / (ratio_after.low - ratio_before.low)
    }
  ),
  'concurrency' AS unit,
  'rounding' AS interval_kind,
  sources
FROM crossing
WHERE
  series = 'awq-mtp1'
  AND baseline = 'awq'
