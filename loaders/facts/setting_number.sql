-- Which numbers do the series cards state or, where they leave them open, all result files agree on?
-- format: .0f
SELECT
  setting.series,
  setting.field,
  unnest(exact(setting.number)),
  CASE
    WHEN setting.field LIKE '%_len'
    OR setting.field = 'max_num_batched_tokens' THEN 'tokens'
    WHEN setting.field LIKE '%_w' THEN 'W'
    ELSE '1'
  END AS unit,
  'none' AS interval_kind,
  [{'source': series.source, 'place': setting.place}] AS sources
FROM
  stated_setting AS setting
  JOIN series ON series.id = setting.series
WHERE setting.number IS NOT NULL
