-- What is the median gap between chunks at each load, corrected or, failing that, as vLLM's client defines it?
SELECT
  series,
  load,
  axis,
  'result_point.' || series || '.' || semantics || '.' || metric || '.' || offered_load AS point,
  '{{' || point || '}} at ' || in_sentence AS at_load
FROM
  result_point
  JOIN named_load USING (offered_load)
  JOIN placed_load USING (offered_load)
WHERE
  place = 'medians.' || series
  AND (
    metric = 'median_chunk_gap_ms'
    OR (
      metric = 'median_itl_ms'
      AND series NOT IN (
        SELECT series
        FROM result_point
        WHERE metric = 'median_chunk_gap_ms'
      )
    )
  )
ORDER BY
  series,
  semantics,
  metric,
  concurrency,
  rate,
  offered_load
