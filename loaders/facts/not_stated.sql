-- How many of the settings that decide a result does the card of each series leave open?
-- format: .0f
WITH
  asked (topic, field) AS (
    VALUES
      ('hardware', 'gpu_variant'),
      ('hardware', 'power_limit_w'),
      ('protocol', 'repeats'),
      ('protocol', 'num_warmups'),
      ('protocol', 'prefix_cache'),
      ('protocol', 'ignore_eos'),
      ('protocol', 'temperature'),
      ('protocol', 'seed'),
      ('cache', 'prefix_cache'),
      ('cache', 'seed'),
      ('client', 'client'),
      ('client', 'dataset'),
      ('client', 'input_len'),
      ('client', 'output_len'),
      ('client', 'num_prompts')
  )
SELECT
  setting.series,
  asked.topic,
  unnest(exact(count(*) FILTER (setting.text IS NULL))),
  'fields' AS unit,
  'none' AS interval_kind,
  [{'source': series.source, 'place': series.place}] AS sources
FROM
  asked
  JOIN setting ON setting.field = asked.field
  JOIN series ON series.id = setting.series
WHERE series.role = 'published'
GROUP BY
  setting.series,
  asked.topic,
  series.source,
  series.place
