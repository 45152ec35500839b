-- How is each series set, by its card or its result files?
SELECT
  series,
  field,
  text,
  place,
  varies
FROM stated_setting
ORDER BY
  series,
  position
