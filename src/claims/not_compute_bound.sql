-- Is the intensity of every measured step below the ridge of every variant, and the compute time below the time measured?
SELECT
  truth(
    bool_and(step.value < ridge.value)
    AND (
      SELECT bool_and(high < 1)
      FROM compute_share
    ),
    FALSE
  ) AS verdict
FROM
  intensity AS step
  CROSS JOIN intensity_ridge AS ridge
WHERE
  step.checkpoint_id = 'awq'
  AND step.tokens <= 16
