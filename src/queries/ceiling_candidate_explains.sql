-- Would a candidate explanation bring a point down to its ceiling alone, as far as the evidence allows it (1) or not (0)?
-- format: .0f
SELECT
  ceiling,
  series,
  candidate,
  concurrency,
  unnest(exact(explains::INTEGER)),
  '1' AS unit,
  'none' AS interval_kind,
  sources
FROM ceiling_explanation
