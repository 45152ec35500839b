-- How many parameters have one layer’s attention, one expert, one dense MLP and one embedding?
-- format: .1f M
SELECT
  part.name AS part,
  unnest(exact(part.parameters / 1e6)),
  'million parameters' AS unit,
  'none' AS interval_kind,
  CASE part.name
    WHEN 'expert' THEN '.2f M'
    ELSE '.1f M'
  END AS format,
  [{'source': shape.source, 'place': shape.place}] AS sources
FROM
  model_shape AS shape
  CROSS JOIN LATERAL (
    VALUES
      ('attention', 2 * hidden * heads * head_dim + 2 * hidden * kv_heads * head_dim),
      ('expert', 3 * hidden * moe_intermediate),
      ('dense_mlp', 3 * hidden * intermediate),
      ('embedding', vocab * hidden)
  ) AS part (name, parameters)
