-- What is known about each run, as a table lists it, besides what all runs of its series have in common?
WITH
  told AS (
    SELECT
      run_standing.*,
      in_table,
      coalesce(server_version, 'not stated') AS server,
      coalesce(model, 'not stated') AS served,
      regexp_extract(id, '#(\d+)$', 1) AS document,
      regexp_replace(file, '^results/', '') AS path
    FROM
      run_standing
      JOIN named_load USING (offered_load)
  )
SELECT
  series,
  in_table AS load,
  coalesce(written_date(started), 'not stated') AS started,
  CASE
    WHEN min(tool) OVER whole <> max(tool) OVER whole THEN tool
  END AS client,
  CASE
    WHEN min(server) OVER whole <> max(server) OVER whole THEN server
  END AS server_version,
  CASE
    WHEN min(served) OVER whole <> max(served) OVER whole THEN served
  END AS model,
  CASE standing
    WHEN 'evidence' THEN 'yes'
    ELSE 'no: ' || standing
  END AS kept,
  regexp_replace(path, '^[^/]+/', '') || CASE
    WHEN document <> ''
    AND id = regexp_replace(path, '\.jsonl?$', '') || '#' || document THEN ', document ' || (document::INTEGER + 1)
    ELSE ''
  END AS file
FROM told
WINDOW
  whole AS (
    PARTITION BY series
  )
ORDER BY
  series,
  concurrency,
  request_rate,
  offered_load,
  told.started,
  id
