-- What are the mean, median, standard deviation and percentiles of each sample?
-- As in numpy: population standard deviation, percentiles by linear interpolation.
CREATE VIEW statistic AS
WITH
  sorted AS (
    SELECT
      run_id,
      semantics,
      metric,
      list(
        value_ms
        ORDER BY value_ms
      ) AS v,
      avg(value_ms) AS mean_ms,
      stddev_pop(value_ms) AS std_ms
    FROM sample
    GROUP BY
      run_id,
      semantics,
      metric
  ),
  ranked AS (
    SELECT
      sorted.*,
      p.name,
      (len(v) - 1) * p.percent / 100 AS rank
    FROM
      sorted
      CROSS JOIN percentile AS p
  )
SELECT
  run_id,
  semantics,
  metric,
  'mean' AS statistic,
  mean_ms AS value_ms,
  len(v) AS n
FROM sorted
UNION ALL
SELECT
  run_id,
  semantics,
  metric,
  'std' AS statistic,
  std_ms AS value_ms,
  len(v) AS n
FROM sorted
UNION ALL
SELECT
  run_id,
  semantics,
  metric,
  name AS statistic,
  v[floor(rank)::BIGINT + 1] + (rank - floor(rank)) * (v[ceil(rank)::BIGINT + 1] - v[floor(rank)::BIGINT + 1]) AS value_ms,
  len(v) AS n
FROM ranked;
