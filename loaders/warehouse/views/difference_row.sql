-- In which fields do the cards of two series differ or leave it open, as a table lists it, and can that be a cause?
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
FROM shown_difference
WINDOW
  whole AS (
    PARTITION BY
      series,
      baseline
  )
