-- Which share does every point reach of the throughput at which each GPU that it may have run on does nothing but read the weights?
-- A step yields at most every token that it verifies. intensity and ridge are in operations per byte. A step below
-- the ridge of its GPU is bound by memory; ridge is NULL if no source states the tensor rate.
SELECT
  point.series,
  point.concurrency,
  peak.hardware,
  bounded(point.value, point.low, point.high) AS throughput,
  deployment.tokens_per_request,
  step.gpus,
  peak.gb_s,
  step.weights,
  step.weights / 1e6 / peak.gb_s AS floor_ms,
  point.concurrency * deployment.tokens_per_request * peak.gb_s * 1e9 / step.weights AS limit_throughput,
  scaled(throughput, 1 / limit_throughput) AS share,
  2 * total.active / step.gpus * step.tokens / step.weights AS intensity,
  peak.tflops * 1000 / peak.gb_s AS ridge,
  point.interval_kind,
  merged(
    merged(point.sources, deployment.sources),
    merged(step.sources, merged(peak.sources, peak.tensor_sources))
  ) AS sources
FROM
  system_point AS point
  JOIN deployment ON deployment.series = point.series
  JOIN step_bytes AS step ON step.checkpoint_id = deployment.checkpoint_id
  AND step.gpus = deployment.gpus
  AND step.tokens = point.concurrency * deployment.tokens_per_request
  JOIN model_total AS total ON total.model = step.model
  JOIN hardware_peak AS peak ON peak.product = deployment.product
  AND coalesce(deployment.variant, peak.hardware) IN (peak.hardware, peak.label)
