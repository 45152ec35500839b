-- What is the lead of one series over another at each concurrency, as a table lists it?
SELECT
  compared_row.*,
  concurrency,
  shared_definitions || text AS caption
FROM
  compared_row
  JOIN named_load USING (offered_load)
  CROSS JOIN interval_note
WHERE is_lead
ORDER BY
  series,
  baseline,
  concurrency
