-- Which checkpoint did each series run, on how many GPUs of which product, and with how many tokens a step for each request?
-- A column is NULL if the cards leave it open. context is the mean length of a request in tokens.
WITH
  card AS (
    SELECT
      series,
      max(text) FILTER (field = 'model') AS model,
      max(text) FILTER (field = 'quantisation') AS quantisation,
      max(text) FILTER (field = 'gpu') AS product,
      max(text) FILTER (field = 'gpu_variant') AS variant,
      max(number) FILTER (field = 'tensor_parallel_size') AS gpus,
      1 + max(number) FILTER (field = 'num_speculative_tokens') AS tokens_per_request,
      max(number) FILTER (field = 'input_len') + max(number) FILTER (field = 'output_len') / 2 AS context
    FROM stated_setting
    GROUP BY series
  )
SELECT
  card.series,
  model.id AS model,
  checkpoint.id AS checkpoint_id,
  card.product,
  card.variant,
  card.gpus,
  card.tokens_per_request,
  card.context,
  [{'source': series.source, 'place': series.place}] AS sources
FROM
  card
  JOIN series ON series.id = card.series
  LEFT JOIN model ON card.model IN (model.id, model.label)
  LEFT JOIN model_checkpoint AS checkpoint ON checkpoint.model = model.id
  AND checkpoint.quantisation = card.quantisation
