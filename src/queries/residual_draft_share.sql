-- Which share of the residual can reading the draft layer explain?
-- format: .1%
SELECT
  concurrency,
  draft.value / residual.value AS value,
  draft.low / residual.high AS low,
  draft.high / residual.low AS high,
  'ratio' AS unit,
  'spec' AS interval_kind,
  merged(draft.sources, residual.sources) AS sources
FROM
  residual_draft_time AS draft
  JOIN residual_step_time AS residual USING (concurrency)
