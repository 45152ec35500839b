-- In how many fields do the cards of two series differ, and how many leave it open?
WITH
  counted AS (
    SELECT
      series,
      baseline,
      '{{series_difference.' || series || '.' || baseline || '.' || which || '}}' AS fact,
      value,
      position,
      verb,
      verbs,
      row_number() OVER (
        PARTITION BY
          series,
          baseline
        ORDER BY position
      ) = 1 AS is_first
    FROM
      series_difference
      JOIN (
        VALUES
          (1, 'differs', 'differs', 'differ'),
          (2, 'differs_from_run_to_run', 'differs from run to run', 'differ from run to run'),
          (3, 'not_stated_for_one', 'is stated for one of the two only', 'are stated for one of the two only'),
          (4, 'not_stated_for_either', 'is stated for neither', 'are stated for neither')
      ) AS phrase (position, which, verb, verbs) USING (which)
    WHERE value > 0
  ),
  told AS (
    SELECT
      series,
      baseline,
      string_agg(
        fact || ' ' || CASE
          WHEN NOT is_first THEN ''
          WHEN value = 1 THEN 'field '
          ELSE 'fields '
        END || CASE
          WHEN value = 1 THEN verb
          ELSE verbs
        END,
        '; '
        ORDER BY position
      ) AS parts
    FROM counted
    GROUP BY
      series,
      baseline
  )
SELECT
  pair.series,
  pair.baseline,
  coalesce('Of the two cards, ' || parts || '.', 'The two cards agree in every field.') AS text
FROM
  compared_pair AS pair
  LEFT JOIN told ON told.series = pair.series
  AND told.baseline = pair.baseline
