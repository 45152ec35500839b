-- How many settings besides the quantisation and one claimed cause differ between two cards, or are stated for one only?
-- format: .0f
WITH
  claimed (series, baseline, cause) AS (
    VALUES
      ('awq', 'nvfp4', 'quantisation'),
      ('awq', 'nvfp4', 'kernel'),
      ('awq', 'nvfp4', 'attention_backend'),
      ('awq', 'nvfp4', 'max_num_batched_tokens'),
      ('awq-rerun', 'nvfp4-rerun', 'quantisation'),
      ('awq-mtp1', 'awq', 'num_speculative_tokens')
  )
SELECT
  claimed.series,
  claimed.baseline,
  claimed.cause,
  unnest(exact(count(difference.field))),
  'fields' AS unit,
  'none' AS interval_kind,
  [{'source': a.source, 'place': a.place}, {'source': b.source, 'place': b.place}] AS sources
FROM
  claimed
  JOIN series AS a ON a.id = claimed.series
  JOIN series AS b ON b.id = claimed.baseline
  LEFT JOIN confounder AS difference ON difference.series = claimed.series
  AND difference.baseline = claimed.baseline
  AND difference.field NOT IN ('quantisation', claimed.cause)
GROUP BY
  claimed.series,
  claimed.baseline,
  claimed.cause,
  a.source,
  a.place,
  b.source,
  b.place
