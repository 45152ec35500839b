-- Do the cards with and without MTP differ in the speculative tokens and leave nothing else open for one side?
SELECT
  CASE
    WHEN count(*) = 1
    AND bool_and(field = 'num_speculative_tokens') THEN 'holds'
    ELSE 'contradicted'
  END AS verdict
FROM configuration_difference
WHERE
  series = 'awq-mtp1'
  AND baseline = 'awq'
  AND kind IN ('differs', 'not stated for one')
