-- In what do the cards of AWQ and NVFP4 differ besides the quantisation?
SELECT
  field,
  text,
  baseline_text,
  kind
FROM configuration_difference
WHERE
  series = 'awq'
  AND baseline = 'nvfp4'
  AND field <> 'quantisation'
ORDER BY
  kind = 'differs' DESC,
  kind = 'not stated for one' DESC,
  position
