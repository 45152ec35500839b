-- Which components make up the AWQ checkpoint, apart from those that are only looked up?
SELECT
  c.name,
  c.parameters,
  c.bits,
  c.bits = b.bits + (b.scale_bits + b.zero_bits) / b.group_size AS quantised,
  c.replicated,
  c.reading = 'routed' AS routed
FROM
  checkpoint_component AS c
  JOIN model_checkpoint AS b ON b.id = c.checkpoint_id
WHERE
  c.checkpoint_id = 'awq'
  AND c.part = 'model'
  AND c.reading <> 'lookup'
ORDER BY c.position
