-- At how many concurrencies was AWQ measured and NVFP4 not, and which is the highest of them?
-- format: .0f
WITH
  unmatched AS (
    SELECT
      a.concurrency,
      a.sources
    FROM
      point AS a
      LEFT JOIN point AS b ON b.series = 'nvfp4'
      AND b.metric = a.metric
      AND b.concurrency = a.concurrency
    WHERE
      a.series = 'awq'
      AND a.metric = 'system_throughput'
      AND b.concurrency IS NULL
  )
SELECT
  which,
  unnest(
    exact(
      CASE which
        WHEN 'count' THEN count(*)
        ELSE max(concurrency)
      END
    )
  ),
  'concurrencies' AS unit,
  'none' AS interval_kind,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM
  unmatched
  CROSS JOIN (
    VALUES
      ('count'),
      ('highest')
  ) AS counted (which)
GROUP BY which
