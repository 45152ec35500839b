-- Where is the break-even of two series that have only one?
SELECT
  series,
  baseline,
  any_value(value) AS value,
  any_value(low) AS low,
  any_value(high) AS high
FROM series_break_even
GROUP BY
  series,
  baseline
HAVING
  count(*) = 1
