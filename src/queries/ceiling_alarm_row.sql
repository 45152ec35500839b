-- Which points lie above a ceiling, and what would each candidate explanation alone come to?
SELECT
  explanation.ceiling,
  explanation.series,
  explanation.concurrency,
  explanation.position,
  explanation.candidate,
  CASE explanation.candidate
    WHEN 'bandwidth' THEN 'A higher bandwidth'
    WHEN 'bytes' THEN 'Fewer bytes per step'
    WHEN 'tokens' THEN 'More tokens per step and request'
    ELSE 'Rounding: the lowest throughput that rounds so, against the highest ceiling'
  END AS name,
  CASE
    WHEN explanation.explains THEN 'yes'
    ELSE 'no'
  END AS enough
FROM
  ceiling_explanation AS explanation
  JOIN ceiling_comparison AS compared USING (ceiling, series, concurrency)
  JOIN series AS card ON card.id = explanation.series
WHERE compared.share.value > 1
ORDER BY
  card.role = 'later',
  explanation.ceiling,
  explanation.series || '.',
  explanation.concurrency,
  explanation.position
