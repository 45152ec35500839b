-- With how many bits a parameter does each checkpoint hold each component in memory?
-- format: .3f bits
SELECT
CHECKPOINT,
name AS component,
unnest(exact(bits)),
'bits' AS unit,
'none' AS interval_kind,
sources
FROM checkpoint_component
WHERE part = 'model'
