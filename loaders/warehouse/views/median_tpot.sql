-- What is the median TPOT of each series at each concurrency, printed or worked back from a throughput, in milliseconds?
-- System throughput is finer than the throughput of one request. If the two contradict each other, system throughput
-- was not computed from the TPOT, and the throughput of one request decides.
WITH
  by_metric AS (
    SELECT
      series,
      concurrency,
      max(quantity) FILTER (metric = 'tpot_median') AS printed,
      max(quantity) FILTER (metric = 'system_throughput') AS system,
      scaled(max(quantity) FILTER (metric = 'per_request_throughput'), concurrency) AS requests,
      list_sort(list_distinct(flatten(list(sources) FILTER (metric = 'tpot_median')))) AS printed_sources,
      list_sort(
        list_distinct(flatten(list(sources) FILTER (metric IN ('system_throughput', 'per_request_throughput'))))
      ) AS throughput_sources
    FROM point
    WHERE metric IN ('tpot_median', 'system_throughput', 'per_request_throughput')
    GROUP BY
      series,
      concurrency
    HAVING
      bool_or(metric <> 'per_request_throughput')
  )
SELECT
  series,
  concurrency,
  CASE
    WHEN printed IS NOT NULL THEN printed
    WHEN system.high < requests.low
    OR system.low > requests.high THEN ratio(quantity(1000 * concurrency, 0), requests)
    ELSE ratio(quantity(1000 * concurrency, 0), system)
  END AS quantity,
  printed IS NULL AS derived,
  coalesce(printed_sources, throughput_sources) AS sources
FROM by_metric
