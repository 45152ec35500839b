-- What do the points of a series rest on, and which measurements are left out of them?
WITH
  counted AS (
    SELECT
      series,
      max(value) FILTER (which = 'runs') AS runs,
      max(value) FILTER (which = 'requests') AS requests,
      max(value) FILTER (which = 'failed') AS failed,
      max(value) FILTER (which = 'no_request_succeeded') AS no_request_succeeded,
      max(value) FILTER (which = 'cut_short') AS cut_short,
      '{{result_count.' || series || '.' AS fact
    FROM result_count
    GROUP BY series
  )
SELECT
  series,
  concat_ws(
    ' ',
    CASE
      WHEN runs = 0 THEN 'No run is evidence.'
      ELSE fact || 'runs}} ' || CASE runs
        WHEN 1 THEN 'run'
        ELSE 'runs'
      END || ' with ' || fact || 'requests}} ' || CASE requests
        WHEN 1 THEN 'request'
        ELSE 'requests'
      END || ', ' || CASE failed
        WHEN 0 THEN 'none'
        ELSE fact || 'failed}}'
      END || ' of which failed.'
    END,
    CASE
      WHEN no_request_succeeded = 1 THEN fact || 'no_request_succeeded}} run, in which no request succeeded, is left out.'
      WHEN no_request_succeeded > 1 THEN fact || 'no_request_succeeded}} runs, in which no request succeeded, are left out.'
    END,
    CASE
      WHEN cut_short = 1 THEN fact || 'cut_short}} run was cut short and is left out.'
      WHEN cut_short > 1 THEN fact || 'cut_short}} runs were cut short and are left out.'
    END
  ) AS text
FROM counted
