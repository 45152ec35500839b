-- Does a step at a concurrency of one do enough operations a byte to be bound by compute on any variant?
SELECT
  CASE
    WHEN coalesce(bool_or(step.value >= ridge.value), FALSE) THEN 'holds'
    ELSE 'contradicted'
  END AS verdict
FROM
  intensity AS step
  CROSS JOIN intensity_ridge AS ridge
WHERE
  step.checkpoint_id = 'awq'
  AND step.tokens = 1
