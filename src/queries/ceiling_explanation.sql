-- What would have to hold for a point to lie at its ceiling, premise by premise, and does the evidence allow it?
-- Each candidate changes one premise and keeps the others. AWQ's point at a concurrency of one is always among the
-- rows, whether it lies above or not.
SELECT
  compared.ceiling,
  compared.series,
  compared.concurrency,
  candidate.position,
  candidate.name AS candidate,
  candidate.needed,
  candidate.known,
  candidate.unit,
  candidate.explains,
  merged(compared.sources, merged(fastest.sources, least_bytes.sources)) AS sources
FROM
  ceiling_comparison AS compared
  JOIN setting AS quantisation ON quantisation.series = compared.series
  AND quantisation.field = 'quantisation'
  JOIN model_checkpoint ON model_checkpoint.quantisation = quantisation.text
  JOIN step_as_awq AS least_bytes ON least_bytes.checkpoint_id = model_checkpoint.id
  AND least_bytes.tokens = 1
  JOIN gpu_bandwidth AS fastest ON fastest.name = 'workstation'
  CROSS JOIN LATERAL (
    VALUES
      (
        1,
        'bandwidth',
        compared.bandwidth.value * compared.share.value,
        fastest.value,
        'GB/s',
        compared.bandwidth.value * compared.share.value <= fastest.value
      ),
      (
        2,
        'bytes',
        compared.gigabytes.value / compared.share.value,
        least_bytes.weights / 1e9,
        'GB',
        least_bytes.weights / 1e9 <= compared.gigabytes.value / compared.share.value
      ),
      (
        3,
        'tokens',
        compared.tokens_per_request * compared.share.value,
        compared.tokens_per_request::DOUBLE,
        'tokens',
        compared.share.value <= 1
      ),
      (
        4,
        'rounding',
        compared.limit_throughput.high,
        compared.throughput.low,
        'tok/s',
        compared.throughput.low <= compared.limit_throughput.high
      )
  ) AS candidate (position, name, needed, known, unit, explains)
WHERE
  compared.share.value > 1
  OR (
    compared.ceiling = 'published'
    AND compared.series = 'awq'
    AND compared.concurrency = 1
  )
