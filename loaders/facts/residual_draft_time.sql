-- How long does reading the draft layer take at the specified bandwidth of the card, whichever variant it is?
-- format: .2f ms
SELECT
  concurrency,
  value / 1.792 AS value,
  value / 1.792 AS low,
  value / 1.597 AS high,
  'ms' AS unit,
  'spec' AS interval_kind,
  list_concat(
    sources,
    [
      {'source': 'nvidia-workstation-datasheet', 'place': '“Memory bandwidth”, 1792 GB/s'},
      {'source': 'nvidia-server-page', 'place': '“Memory bandwidth”, 1597 GB/s'}
    ]
  ) AS sources
FROM residual_draft_bytes
