-- Which series share each setting, field by field?
WITH
  ordered AS (
    SELECT
      setting.*,
      series.label,
      row_number() OVER (
        PARTITION BY setting.field
        ORDER BY
          list_position(['published', 'later'], series.role) NULLS LAST,
          series.label
      ) AS rank,
      count(*) OVER (
        PARTITION BY setting.field
      ) AS total
    FROM
      stated_setting AS setting
      JOIN series ON series.id = setting.series
  )
SELECT
  field,
  arg_min(series, rank) AS first_series,
  CASE
    WHEN count(*) = max(total) THEN 'all'
    ELSE string_agg(
      label,
      ', '
      ORDER BY rank
    )
  END AS shared_by
FROM ordered
GROUP BY
  position,
  field,
  text,
  varies
ORDER BY
  position,
  min(rank)
