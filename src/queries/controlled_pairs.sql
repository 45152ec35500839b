-- How many pairs of series differ in one given setting and in nothing else that both state?
-- format: .0f
WITH
  asked (field) AS (
    VALUES
      ('quantisation'),
      ('kernel'),
      ('attention_backend'),
      ('max_num_batched_tokens'),
      ('num_speculative_tokens')
  ),
  only_difference AS (
    SELECT
      series,
      baseline,
      max(field) AS field
    FROM configuration_difference
    WHERE
      kind IN ('differs', 'not stated for one')
      AND series < baseline
      AND (
        SELECT bool_and(role IN ('published', 'later'))
        FROM series AS card
        WHERE card.id IN (configuration_difference.series, baseline)
      )
    GROUP BY
      series,
      baseline
    HAVING
      count(*) = 1
      AND bool_and(kind = 'differs')
  )
SELECT
  asked.field,
  unnest(exact(count(only_difference.series))),
  'pairs' AS unit,
  'none' AS interval_kind,
  (
    SELECT list_sort(list_distinct(list({'source': source, 'place': place})))
    FROM series
    WHERE role IN ('published', 'later')
  ) AS sources
FROM
  asked
  LEFT JOIN only_difference ON only_difference.field = asked.field
GROUP BY asked.field
