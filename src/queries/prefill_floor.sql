-- How long does a prefill of one prompt take at least, to read the weights and to compute?
-- format: .1f ms
WITH
  active AS (
    SELECT
      value * 1e9 AS parameters,
      sources
    FROM parameters_total
    WHERE which = 'active_without_head'
  )
SELECT
  part.name AS part,
  unnest(exact(part.value)),
  part.unit,
  'none' AS interval_kind,
  part.format,
  merged(step.sources, merged(active.sources, merged(fast.sources, merged(slow.sources, least.sources)))) AS sources
FROM
  setting AS input_len
  JOIN step_as_awq AS step ON step.checkpoint_id = 'awq'
  AND step.tokens = input_len.number
  JOIN step_tokens AS routing ON routing.tokens = step.tokens
  CROSS JOIN active
  JOIN gpu_compute AS fast ON fast.hardware = 'workstation'
  JOIN gpu_compute AS slow ON slow.hardware = 'server'
  JOIN gpu_compute AS least ON least.hardware = 'max-q'
  CROSS JOIN LATERAL (
    VALUES
      ('experts', routing.distinct_experts, 'experts', '.2f'),
      ('weights', weights / 1e9, 'GB', '.1f GB'),
      ('memory_workstation', weights / 1e6 / fast.gb_s, 'ms', '.1f ms'),
      ('memory_server', weights / 1e6 / slow.gb_s, 'ms', '.1f ms'),
      ('operations', 2 * active.parameters * step.tokens / step.gpus / 1e12, 'TFLOP', '.1f TFLOP'),
      (
        'compute_max-q',
        2 * active.parameters * step.tokens / step.gpus / least.tflops / 1e9,
        'ms',
        '.1f ms'
      ),
      (
        'compute_max-q_half',
        4 * active.parameters * step.tokens / step.gpus / least.tflops / 1e9,
        'ms',
        '.1f ms'
      )
  ) AS part (name, value, unit, format)
WHERE
  input_len.series = 'awq'
  AND input_len.field = 'input_len'
