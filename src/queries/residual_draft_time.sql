-- How long does reading the draft layer take at the specified bandwidth of the card, whichever variant it is?
-- format: .2f ms
WITH
  bandwidth AS (
    SELECT
      max(value) AS most,
      min(value) AS least,
      list_sort(list_distinct(list({'source': hardware_spec.source, 'place': hardware_spec.place}))) AS sources
    FROM
      hardware_spec
      JOIN hardware ON hardware.id = hardware_spec.hardware
      JOIN setting ON setting.text = hardware.product
      AND setting.series = 'awq'
      AND setting.field = 'gpu'
    WHERE hardware_spec.field = 'bandwidth_gb_s'
  )
SELECT
  concurrency,
  1000 * value / most AS value,
  1000 * value / most AS low,
  1000 * value / least AS high,
  'ms' AS unit,
  'spec' AS interval_kind,
  merged(draft.sources, bandwidth.sources) AS sources
FROM
  residual_draft_bytes AS draft
  CROSS JOIN bandwidth
