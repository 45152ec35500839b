-- Which settings differ between two series, or are stated for one of them only, and so may explain what differs between them?
SELECT
  series,
  baseline,
  field,
  kind
FROM configuration_difference
WHERE kind IN ('differs', 'not stated for one')
