-- In which fields do the cards of two series differ, or leave open whether they differ?
SELECT
  series,
  baseline,
  field,
  kind
FROM configuration_difference
WHERE series < baseline
ORDER BY
  kind = 'differs' DESC,
  kind = 'differs from run to run' DESC,
  kind = 'not stated for one' DESC,
  position
