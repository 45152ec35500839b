-- How is each load written in each table of loads, and what is the heading above it?
-- A table is named by what it lists: points.SERIES.SEMANTICS, quantiles.SERIES.METRIC, gaps.SERIES, medians.SERIES,
-- warnings.SERIES, warnings.SERIES.BASELINE, latencies.SERIES.BASELINE.
WITH
  place AS (
    SELECT
      'points.' || series || '.' || semantics AS place,
      offered_load
    FROM result_point
    UNION
    SELECT
      'quantiles.' || series || '.' || metric,
      offered_load
    FROM result_quantile
    UNION
    SELECT
      'gaps.' || series,
      load
    FROM shown_gap
    UNION
    SELECT
      'medians.' || series,
      offered_load
    FROM result_point
    WHERE metric IN ('median_chunk_gap_ms', 'median_itl_ms')
    UNION
    SELECT
      'warnings.' || series,
      load
    FROM shown_warning
    UNION
    SELECT
      'warnings.' || series || '.' || baseline,
      load
    FROM compared_warning
    UNION
    SELECT
      'latencies.' || series || '.' || baseline,
      offered_load
    FROM series_latency
  ),
  headed AS (
    SELECT
      place,
      named_load.*,
      load_axis(
        bool_and(is_concurrency) OVER whole,
        bool_and(rate IS NOT NULL) OVER whole,
        min(coalesce(concurrency, 0)) OVER whole,
        max(coalesce(concurrency, 0)) OVER whole
      ) AS axis
    FROM
      place
      JOIN named_load USING (offered_load)
    WINDOW
      whole AS (
        PARTITION BY place
      )
  )
SELECT
  place,
  offered_load,
  axis,
  CASE axis
    WHEN 'Concurrency' THEN concurrency::VARCHAR
    WHEN 'Load' THEN in_table
    ELSE rate_text
  END AS load
FROM headed
