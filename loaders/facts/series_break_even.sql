-- Where does the lead of one series over another pass zero, if it is linear between the two neighbouring concurrencies at which its sign is settled?
-- format: .1f
-- may be empty
SELECT
  series,
  baseline,
  before,
  unnest(quantity),
  'concurrency' AS unit,
  interval_kind,
  sources
FROM sign_change
WHERE quantity IS NOT NULL
