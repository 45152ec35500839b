-- Which measured points are drawn over concurrencies, which over request rates, and what do they read?
-- Rates under another limit are another line.
SELECT
  series AS of_series,
  semantics,
  metric,
  CASE
    WHEN is_concurrency THEN 'concurrency'
    ELSE 'rate'
  END AS drawn_by,
  CASE
    WHEN is_concurrency THEN NULL
    WHEN concurrency IS NULL THEN 'no limit'
    ELSE 'limit ' || concurrency
  END AS series,
  CASE
    WHEN is_concurrency THEN concurrency
  END AS concurrency,
  rate,
  value,
  low,
  high,
  '{{result_point.' || of_series || '.' || semantics || '.' || metric || '.' || offered_load || '}} at ' || in_sentence AS at_load,
  CASE
    WHEN bool_or(interval_kind <> 'none') OVER (
      PARTITION BY
        of_series,
        semantics,
        metric,
        is_concurrency
    ) THEN ' Bars are 95 % intervals from repeats.'
    ELSE ''
  END AS bars
FROM
  result_point
  JOIN named_load USING (offered_load)
WHERE
  (
    metric = 'system_throughput'
    AND is_concurrency
  )
  OR (
    metric IN ('output_throughput', 'median_ttft_ms')
    AND rate IS NOT NULL
  )
ORDER BY
  of_series,
  semantics,
  metric,
  named_load.concurrency,
  rate
