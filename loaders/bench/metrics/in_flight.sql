-- How many requests were in flight, and when?
CREATE VIEW in_flight AS
SELECT
  run_id,
  at_ms AS from_ms,
  lead(at_ms) OVER (
    PARTITION BY run_id
    ORDER BY at_ms
  ) AS to_ms,
  sum(step) OVER (
    PARTITION BY run_id
    ORDER BY at_ms
  ) AS requests
FROM
  (
    SELECT
      run_id,
      at_ms,
      sum(step) AS step
    FROM
      (
        SELECT
          run_id,
          start_ms AS at_ms,
          1 AS step
        FROM request
        UNION ALL
        SELECT
          run_id,
          end_ms AS at_ms,
          -1 AS step
        FROM request
      )
    GROUP BY
      run_id,
      at_ms
  );
