-- Does the evidence separate the time of drafting from that of verification?
SELECT
  CASE
    WHEN value = 0 THEN 'not-supported'
    ELSE 'holds'
  END AS verdict
FROM measured
WHERE what = 'draft_time'
