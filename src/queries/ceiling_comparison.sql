-- How does every measured point stand to its ceilings?
-- published: the bytes of the source, read once a step. corrected: the bytes of the model card at the
-- bandwidth of the fastest variant of the GPU. A step yields at most every token it verifies.
WITH
  measured_point AS (
    SELECT
      point.series,
      point.concurrency,
      point.quantity AS throughput,
      merged(
        point.sources,
        [
          {'source': card.source, 'place': card.place},
          {'source': default_card.source, 'place': default_card.place}
        ]
      ) AS sources,
      (1 + coalesce(speculation.number, 0))::INTEGER AS tokens_per_request,
      quantisation.text AS quantisation,
      coalesce(gpu.text, default_gpu.text) AS product
    FROM
      point
      JOIN series AS card ON card.id = point.series
      JOIN series AS default_card ON default_card.id = 'awq'
      JOIN setting AS speculation ON speculation.series = point.series
      AND speculation.field = 'num_speculative_tokens'
      JOIN setting AS quantisation ON quantisation.series = point.series
      AND quantisation.field = 'quantisation'
      JOIN setting AS gpu ON gpu.series = point.series
      AND gpu.field = 'gpu'
      JOIN setting AS default_gpu ON default_gpu.series = 'awq'
      AND default_gpu.field = 'gpu'
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
      JOIN stated AS bandwidth ON bandwidth.id = 'ceiling_bandwidth'
      JOIN stated AS weights ON weights.id = 'ceiling_weights_per_gpu'
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
      JOIN model_checkpoint ON model_checkpoint.quantisation = measured_point.quantisation
      JOIN step_bytes AS step ON step.checkpoint_id = model_checkpoint.id
      AND step.tokens = measured_point.concurrency * measured_point.tokens_per_request
      JOIN fastest ON fastest.product = measured_point.product
  )
SELECT
  *,
  scaled(ratio(bandwidth, gigabytes), concurrency * tokens_per_request) AS limit_throughput,
  ratio(throughput, scaled(ratio(bandwidth, gigabytes), concurrency * tokens_per_request)) AS share
FROM premises
