-- Which numbers does this report assume, because no source gives them?
-- format: .0f
SELECT
  what,
  unnest(exact(assumed)),
  unit,
  format,
  'none' AS interval_kind,
  [] AS sources
FROM assumption
