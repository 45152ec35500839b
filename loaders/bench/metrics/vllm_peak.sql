-- What are vLLM's peaks: chunks in the fullest second, requests open at once?
-- 0.15.1 counts the requests that touch a second, both ends included; September 2026 those open together.
CREATE VIEW vllm_peak AS
WITH
  good AS (
    SELECT
      *,
      start_ms - min(start_ms) OVER (
        PARTITION BY
          run_id,
          semantics
      ) AS offset_ms
    FROM vllm_request
    WHERE success
  ),
  chunk_second AS (
    SELECT
      g.run_id,
      g.semantics,
      floor((e.time_ms - g.start_ms + g.offset_ms) / 1000) AS second,
      count(*) AS chunks
    FROM
      good AS g
      JOIN vllm_event AS e USING (run_id, request)
    WHERE e.counted
    GROUP BY ALL
  ),
  open_second AS (
    SELECT
      run_id,
      semantics,
      second,
      count(*) AS requests
    FROM
      (
        SELECT
          run_id,
          semantics,
          unnest(range(floor(offset_ms / 1000)::BIGINT, floor((offset_ms + e2el_ms) / 1000)::BIGINT + 1)) AS second
        FROM good
      )
    GROUP BY ALL
  ),
  open_now AS (
    SELECT
      run_id,
      semantics,
      sum(step) OVER (
        PARTITION BY
          run_id,
          semantics
        ORDER BY
          at_ms,
          step
      ) AS requests
    FROM
      (
        SELECT
          run_id,
          semantics,
          offset_ms AS at_ms,
          1 AS step
        FROM good
        UNION ALL
        SELECT
          run_id,
          semantics,
          offset_ms + e2el_ms AS at_ms,
          -1 AS step
        FROM good
      )
  )
SELECT
  run_id,
  semantics,
  coalesce(
    (
      SELECT max(chunks)
      FROM chunk_second AS c
      WHERE
        c.run_id = t.run_id
        AND c.semantics = t.semantics
    ),
    0
  )::DOUBLE AS max_output_tokens_per_s,
  CASE semantics
    WHEN 'vllm-0.15.1' THEN coalesce(
      (
        SELECT max(requests)
        FROM open_second AS o
        WHERE
          o.run_id = t.run_id
          AND o.semantics = t.semantics
      ),
      0
    )
    ELSE coalesce(
      (
        SELECT max(requests)
        FROM open_now AS o
        WHERE
          o.run_id = t.run_id
          AND o.semantics = t.semantics
      ),
      0
    )
  END::DOUBLE AS max_concurrent_requests
FROM throughput AS t
WHERE semantics <> 'benchbook-1';
