-- What is stated about each series, field by field: by its card or, where this leaves it open, by all its result files alike?
-- varies is TRUE if its result files contradict each other.
WITH
  recorded AS (
    SELECT
      run.series,
      field,
      count(DISTINCT text) > 1 AS varies,
      count(DISTINCT text) = 1
      AND count(text) = count(*) AS agreed,
      min(text) AS text,
      min(number) AS number
    FROM
      run_setting
      JOIN run ON run.id = run_setting.run
    GROUP BY
      run.series,
      field
  )
SELECT
  setting.series,
  position,
  setting.field,
  CASE
    WHEN setting.text IS NULL
    AND agreed THEN recorded.text
    ELSE setting.text
  END AS text,
  CASE
    WHEN setting.text IS NULL
    AND agreed THEN recorded.number
    ELSE setting.number
  END AS number,
  CASE
    WHEN setting.text IS NULL
    AND agreed THEN 'from the result files'
    ELSE place
  END AS place,
  setting.text IS NULL
  AND coalesce(varies, FALSE) AS varies
FROM
  setting
  LEFT JOIN recorded ON recorded.series = setting.series
  AND recorded.field = setting.field
