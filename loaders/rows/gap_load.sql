-- Which loads of each series have token gaps?
SELECT DISTINCT
  series,
  in_sentence,
  concurrency,
  rate
FROM
  shown_gap
  JOIN named_load ON offered_load = load
ORDER BY
  series,
  concurrency,
  rate
