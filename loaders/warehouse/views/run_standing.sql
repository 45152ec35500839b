-- Is each run evidence of a point, and if not, why not?
SELECT
  run.*,
  CASE
    WHEN failed >= requests THEN 'no request succeeded'
    WHEN NOT complete THEN 'cut short'
    ELSE 'evidence'
  END AS standing
FROM run
