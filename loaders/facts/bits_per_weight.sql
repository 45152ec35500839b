-- How many bits does a quantised weight take in each checkpoint, its share of scale and zero point included?
-- format: .3f bits
SELECT
  id AS checkpoint_id,
  unnest(exact(bits + (scale_bits + zero_bits) / group_size)),
  'bits' AS unit,
  'none' AS interval_kind,
  [{'source': source, 'place': place}] AS sources
FROM model_checkpoint
