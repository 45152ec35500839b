-- In which fields do the cards of two series differ or leave open whether they differ, and can that be a cause of their difference?
WITH
  recorded AS (
    SELECT DISTINCT
      series
    FROM card_row
    WHERE stated IS NOT NULL
  )
SELECT
  series,
  baseline,
  field,
  kind,
  CASE
    WHEN count(*) FILTER (kind = 'differs') OVER whole = 1
    AND count(*) FILTER (kind = 'differs from run to run') OVER whole = 0 THEN 'One field differs; whether it is the cause of the difference depends on those that are not stated.'
    ELSE 'Any of these fields can be a cause of the difference.'
  END || CASE
    WHEN series IN (
      FROM recorded
    )
    OR baseline IN (
      FROM recorded
    ) THEN ' What a card leaves open is taken from the result files of its series.'
    ELSE ''
  END AS caption
FROM configuration_difference
WHERE series < baseline
WINDOW
  whole AS (
    PARTITION BY
      series,
      baseline
  )
ORDER BY
  series,
  baseline,
  kind = 'differs' DESC,
  kind = 'differs from run to run' DESC,
  kind = 'not stated for one' DESC,
  position
