-- By how much do the residual and the plain step vary between the concurrencies that have both?
-- format: .0%
WITH
  part AS (
    SELECT
      'residual' AS part,
      concurrency,
      value,
      low,
      high,
      sources
    FROM residual_step_time
    UNION ALL
    SELECT
      'plain_step',
      concurrency,
      plain_step.value,
      plain_step.low,
      plain_step.high,
      sources_with_doubled
    FROM mtp_step
    WHERE verifying_step IS NOT NULL
  )
SELECT
  part,
  max(value) / min(value) - 1 AS value,
  max(low) / min(high) - 1 AS low,
  max(high) / min(low) - 1 AS high,
  'ratio' AS unit,
  'rounding' AS interval_kind,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM part
GROUP BY part
