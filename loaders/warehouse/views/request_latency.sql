-- What were TTFT, TPOT and E2EL of each request that succeeded with output, in the sample of its run?
SELECT
  run.series,
  run.id AS run,
  run.offered_load,
  request.request,
  first_chunk_ms - start_ms AS ttft_ms,
  (last_chunk_ms - first_chunk_ms) / nullif(greatest(output_tokens - coalesce(first_chunk_tokens, 1), 0), 0) AS tpot_ms,
  last_chunk_ms - start_ms AS e2el_ms
FROM
  request
  JOIN evidence_run AS run ON run.id = request.run
WHERE
  sampled
  AND failure IS NULL
  AND chunks > 0
