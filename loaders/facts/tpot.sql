-- What is the median TPOT of each series at each concurrency, printed or worked back from system tok/s?
-- format: .2f ms
SELECT
  series,
  concurrency,
  unnest(
    CASE metric
      WHEN 'tpot_median' THEN quantity
      ELSE ratio(quantity(1000 * concurrency, 0), quantity)
    END
  ),
  'ms' AS unit,
  'rounding' AS interval_kind,
  sources
FROM point
WHERE metric IN ('tpot_median', 'system_throughput')
QUALIFY
  row_number() OVER (
    PARTITION BY
      series,
      concurrency
    ORDER BY metric DESC
  ) = 1
