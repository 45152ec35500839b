-- Does MTP gain at no tested concurrency?
SELECT
  CASE
    WHEN coalesce(bool_and(high < 0), FALSE) THEN 'holds'
    ELSE 'not-supported'
  END AS verdict
FROM mtp_delta_tpot
