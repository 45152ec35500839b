-- By how much is each median latency of one series longer than that of another, as a table lists it?
WITH
  told AS (
    SELECT
      compared_row.*,
      concurrency,
      rate,
      position,
      load,
      axis,
      regexp_replace(name, '^Median ', '') AS latency,
      bool_or(rate IS NOT NULL) OVER (
        PARTITION BY
          series,
          baseline
      ) AS has_rates
    FROM
      compared_row
      JOIN named_metric USING (metric)
      JOIN named_load USING (offered_load)
      JOIN placed_load ON placed_load.offered_load = compared_row.offered_load
      AND place = 'latencies.' || series || '.' || baseline
    WHERE NOT is_lead
  )
SELECT
  series,
  baseline,
  load,
  axis,
  latency,
  change,
  interval,
  significance,
  point,
  baseline_point,
  definitions,
  CASE
    WHEN has_rates THEN 'At an equal request rate the output throughput of both is set by the rate; latency tells them apart. '
    ELSE ''
  END AS rates,
  shared_definitions || CASE
    WHEN EXISTS (
      FROM series_lead AS lead
      WHERE
        lead.series = told.series
        AND lead.baseline = told.baseline
    ) THEN 'Interval and significance as for the lead.'
    ELSE (
      SELECT text
      FROM interval_note
    )
  END AS caption
FROM told
ORDER BY
  series,
  baseline,
  concurrency,
  rate,
  offered_load,
  position
