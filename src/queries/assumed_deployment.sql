-- On how many GPUs of which product is each series taken to have run?
-- Assumed: if a card names no GPUs, as NVFP4's does not, they are those of AWQ.
SELECT
  own.series,
  own.checkpoint_id,
  coalesce(own.gpus, awq.gpus) AS gpus,
  coalesce(own.product, awq.product) AS product,
  own.tokens_per_request,
  merged(own.sources, awq.sources) AS sources
FROM
  deployment AS own
  JOIN deployment AS awq ON awq.series = 'awq'
