-- How many distinct experts of a layer does a step of so many tokens read, under uniform routing?
-- format: .1f
SELECT
  't' || tokens AS tokens,
  unnest(exact(distinct_experts)),
  '1' AS unit,
  'none' AS interval_kind,
  sources
FROM mtp_step_bytes
