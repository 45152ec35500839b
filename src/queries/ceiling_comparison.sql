-- How does every measured point compare with its ceilings?
-- published: the bytes of the source, read once a step. corrected: the bytes of the model card at the
-- bandwidth of the fastest variant of the GPU. A step yields at most every token it verifies.
WITH
  measured_point AS (
    SELECT
      point.series,
      point.concurrency,
      point.quantity AS throughput,
      merged(point.sources, deployment.sources) AS sources,
      deployment.tokens_per_request::INTEGER AS tokens_per_request,
      deployment.checkpoint_id,
      deployment.gpus,
      deployment.product
    FROM
      point
      JOIN assumed_deployment AS deployment ON deployment.series = point.series
    WHERE point.metric = 'system_throughput'
  ),
  fastest AS (
    SELECT
      hardware.product,
      max(bandwidth.value) AS gb_s,
      list_sort(list_distinct(flatten(list(bandwidth.sources)))) AS sources
    FROM
      gpu_bandwidth AS bandwidth
      JOIN hardware ON hardware.id = bandwidth.name
    GROUP BY hardware.product
  ),
  premises AS (
    SELECT
      'published' AS ceiling,
      series,
      concurrency,
      throughput,
      tokens_per_request,
      {
        'value': 1000 * bandwidth.quantity.value,
        'low': 1000 * bandwidth.quantity.low,
        'high': 1000 * bandwidth.quantity.high
      } AS bandwidth,
      weights.quantity AS gigabytes,
      merged(measured_point.sources, merged(bandwidth.sources, weights.sources)) AS sources
    FROM
      measured_point
      JOIN premise AS bandwidth ON bandwidth.id = 'ceiling_bandwidth'
      JOIN premise AS weights ON weights.id = 'ceiling_weights_per_gpu'
    UNION ALL
    SELECT
      'corrected',
      measured_point.series,
      measured_point.concurrency,
      measured_point.throughput,
      measured_point.tokens_per_request,
      exact(fastest.gb_s),
      exact(step.weights / 1e9),
      merged(measured_point.sources, merged(fastest.sources, step.sources))
    FROM
      measured_point
      JOIN step_bytes AS step ON step.checkpoint_id = measured_point.checkpoint_id
      AND step.gpus = measured_point.gpus
      AND step.tokens = measured_point.concurrency * measured_point.tokens_per_request
      JOIN fastest ON fastest.product = measured_point.product
  )
SELECT
  *,
  scaled(ratio(bandwidth, gigabytes), concurrency * tokens_per_request) AS limit_throughput,
  ratio(throughput, scaled(ratio(bandwidth, gigabytes), concurrency * tokens_per_request)) AS share
FROM premises
