-- Of which components is the AWQ checkpoint, without what is only looked up?
SELECT
  c.name,
  c.parameters,
  c.bits,
  c.bits = b.value AS quantised,
  c.replicated,
  c.reading = 'routed' AS routed
FROM
  checkpoint_component AS c
  JOIN bits_per_weight AS b USING (checkpoint_id)
WHERE
  c.checkpoint_id = 'awq'
  AND c.part = 'model'
  AND c.reading <> 'lookup'
ORDER BY c.position
