-- How are TTFT and TPOT spread over the requests of each load, and what does the caption say about them?
WITH
  client AS (
    SELECT
      series,
      clients(bool_and(tool = 'benchbook'), bool_or(tool = 'benchbook')) AS whose,
      sum(requests_kept) FILTER (requests_kept > 0) AS kept,
      sum(requests) FILTER (requests_kept > 0) AS requests
    FROM evidence_run
    GROUP BY series
  ),
  spread AS (
    SELECT
      series,
      metric,
      offered_load,
      max(value) FILTER (quantile = 'p5') AS p5,
      max(value) FILTER (quantile = 'p25') AS p25,
      max(value) FILTER (quantile = 'p50') AS p50,
      max(value) FILTER (quantile = 'p75') AS p75,
      max(value) FILTER (quantile = 'p95') AS p95
    FROM result_quantile
    GROUP BY
      series,
      metric,
      offered_load
  )
SELECT
  spread.*,
  load,
  axis,
  in_sentence,
  CASE whose
    WHEN 'own' THEN ' (`benchbook-1`)'
    WHEN 'both' THEN ' (`benchbook-1`; of vLLM’s own files by vLLM’s times: the first chunk of a chat is the role chunk)'
    ELSE ', by vLLM’s times: the first chunk of a chat is the role chunk'
  END AS times,
  'Tick: median. Bar: middle half. Line: from the 5 % quickest to the 5 % slowest.' || CASE
    WHEN kept < requests THEN ' The report file keeps ' || written_count(kept) || ' of the ' || written_count(requests) || ' requests: a sample.'
    ELSE ''
  END AS marks
FROM
  spread
  JOIN named_load USING (offered_load)
  JOIN placed_load ON placed_load.offered_load = spread.offered_load
  AND place = 'quantiles.' || spread.series || '.' || metric
  JOIN client ON client.series = spread.series
ORDER BY
  spread.series,
  metric,
  concurrency,
  rate,
  spread.offered_load
