-- Which settings does the card of each series have, and where is each stated?
-- If all are on the card, nothing is said.
SELECT
  series,
  field,
  CASE
    WHEN NOT has_recorded THEN NULL
    WHEN is_recorded THEN 'from the result files'
    WHEN text IS NOT NULL THEN 'on the card'
  END AS stated,
  CASE
    WHEN has_recorded THEN 'What the card states of this deployment, and what it leaves open and the result files record.'
    ELSE 'What the source states of this deployment.'
  END AS caption
FROM
  (
    SELECT
      *,
      varies
      OR place = 'from the result files' AS is_recorded,
      bool_or(
        varies
        OR place = 'from the result files'
      ) OVER (
        PARTITION BY series
      ) AS has_recorded
    FROM stated_setting
  )
ORDER BY
  series,
  position
