-- What share of the chunks of each load came after which gap, and what does the caption say about them?
-- Bins with less than a thousandth are not drawn. The first bin, at 0.01 ms, holds all shorter gaps too.
WITH
  client AS (
    SELECT
      series,
      clients(bool_and(tool = 'benchbook'), bool_or(tool = 'benchbook')) AS whose
    FROM evidence_run
    GROUP BY series
  )
SELECT
  gap.series,
  placed_load.load,
  axis,
  low,
  high,
  share,
  CASE whose
    WHEN 'own' THEN 'How long after the chunk before each chunk of output came, as a share of all; counted in bins from the recorded chunks.'
    WHEN 'both' THEN 'How long after the chunk before each chunk of output came, as a share of all; counted in bins. In vLLM’s own files the first chunk of a chat is the role chunk.'
    ELSE 'How long after the chunk before each chunk came, by vLLM’s times, as a share of all; counted in bins. The first chunk of a chat is the role chunk.'
  END || ' A chunk may hold several tokens.' || CASE
    WHEN bool_or(
      low <= 0.01
      AND share >= 0.001
    ) OVER (
      PARTITION BY gap.series
    ) THEN ' The bin at 0.01 ms holds all shorter gaps too.'
    ELSE ''
  END AS caption
FROM
  shown_gap AS gap
  JOIN placed_load ON placed_load.offered_load = gap.load
  AND place = 'gaps.' || gap.series
  JOIN named_load ON named_load.offered_load = gap.load
  JOIN client ON client.series = gap.series
ORDER BY
  gap.series,
  concurrency,
  rate,
  gap.load,
  low
