-- In how many fields do the cards of AWQ and NVFP4 differ, or leave open whether they differ?
-- format: .0f
SELECT
  replace(kind, ' ', '_') AS kind,
  unnest(exact(count(*))),
  'fields' AS unit,
  'none' AS interval_kind,
  list_sort(list_distinct(flatten(list(sources)))) AS sources
FROM configuration_difference
WHERE series = 'awq'
  AND baseline = 'nvfp4'
  AND field <> 'quantisation'
GROUP BY kind
