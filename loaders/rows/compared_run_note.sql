-- What do the points of two series rest on, where at least one was measured?
SELECT
  pair.series,
  pair.baseline,
  '{{label.' || card.id || '}}: ' || coalesce(run_count_note.text, 'printed; the source does not say whether requests failed.') AS text
FROM
  compared_pair AS pair
  JOIN series AS card ON card.id IN (pair.series, pair.baseline)
  LEFT JOIN run_count_note ON run_count_note.series = card.id
WHERE
  pair.series IN (
    SELECT series
    FROM run
  )
  OR pair.baseline IN (
    SELECT series
    FROM run
  )
ORDER BY
  pair.series,
  pair.baseline,
  card.id = pair.baseline
