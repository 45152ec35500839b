-- Which points of two series are compared, by which definitions, and how sure is the difference?
-- Definitions that all rows of a table share become a sentence, others a column.
WITH
  pair AS (
    SELECT
      *,
      metric = 'system_throughput' AS is_lead,
      CASE
        WHEN semantics = baseline_semantics THEN semantics
        ELSE semantics || ', ' || baseline_semantics
      END AS definition
    FROM point_ratio
  ),
  judged AS (
    SELECT
      *,
      min(definition) OVER whole = max(definition) OVER whole AS is_shared
    FROM pair
    WINDOW
      whole AS (
        PARTITION BY
          series,
          baseline,
          is_lead
      )
  )
SELECT
  series,
  baseline,
  metric,
  offered_load,
  is_lead,
  CASE
    WHEN is_lead THEN 'series_lead.' || series || '.' || baseline || '.' || offered_load
    ELSE 'series_latency.' || series || '.' || baseline || '.' || metric || '.' || offered_load
  END AS change,
  CASE interval_kind
    WHEN 'none' THEN 'too few runs'
    ELSE change || ' interval'
  END AS interval,
  significance,
  compared_fact(series, semantics, metric, offered_load) AS point,
  compared_fact(baseline, baseline_semantics, metric, offered_load) AS baseline_point,
  CASE
    WHEN NOT is_shared THEN definition
  END AS definitions,
  CASE
    WHEN is_shared THEN 'Definitions: ' || definition || '. '
    ELSE ''
  END AS shared_definitions
FROM judged
