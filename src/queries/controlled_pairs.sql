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
  printed_pair AS (
    SELECT pair.field
    FROM
      controlled_pair AS pair
      JOIN series AS a ON a.id = pair.series
      JOIN series AS b ON b.id = pair.baseline
    WHERE
      a.role IN ('published', 'later')
      AND b.role IN ('published', 'later')
  )
SELECT
  asked.field,
  unnest(exact(count(printed_pair.field))),
  'pairs' AS unit,
  'none' AS interval_kind,
  (
    SELECT list_sort(list_distinct(list({'source': source, 'place': place})))
    FROM series
    WHERE role IN ('published', 'later')
  ) AS sources
FROM
  asked
  LEFT JOIN printed_pair ON printed_pair.field = asked.field
GROUP BY asked.field
