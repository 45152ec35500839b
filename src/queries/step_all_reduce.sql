-- How long do the all-reduces of a step take by NCCL over PCIe, and which share of the step of AWQ at a concurrency of one is that?
-- format: .1f ms
WITH
  latency AS (
    SELECT
      shape.layers * 2 AS calls,
      {'value': (low.value + high.value) / 2, 'low': low.value, 'high': high.value} AS microseconds,
      [
        {'source': low.source, 'place': low.place},
        {'source': high.source, 'place': high.place},
        {'source': shape.source, 'place': shape.place}
      ] AS sources
    FROM
      model_shape AS shape
      JOIN hardware_spec AS low ON low.hardware = 'workstation'
      AND low.field = 'all_reduce_low_us'
      JOIN hardware_spec AS high ON high.hardware = low.hardware
      AND high.field = 'all_reduce_high_us'
  )
SELECT
  part.name AS part,
  unnest(part.quantity),
  part.unit,
  part.kind AS interval_kind,
  part.format,
  merged(latency.sources, step.sources) AS sources
FROM
  latency
  JOIN decode_step AS step ON step.series = 'awq'
  AND step.concurrency = 1
  CROSS JOIN LATERAL (
    VALUES
      ('calls', exact(calls), '1', 'none', '.0f'),
      ('latency', microseconds, 'µs', 'spec', '.0f µs'),
      ('time', scaled(microseconds, calls / 1000), 'ms', 'spec', '.1f ms'),
      ('share', scaled(microseconds, calls / 1000 / step.milliseconds.value), 'ratio', 'spec', '.0%')
  ) AS part (name, quantity, unit, kind, format)
