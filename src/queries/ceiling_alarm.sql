-- What is there to say about each point above a ceiling?
-- alarm: above its ceiling
SELECT
  format(
    '{}, concurrency {}: {{{{ceiling_share.{}.{}.c{}}}}} of the {} ceiling',
    series,
    concurrency,
    ceiling,
    series,
    concurrency,
    ceiling
  ) || string_agg(
    format(
      E'\n{}: {{{{ceiling_candidate.{}.{}.{}.needed.c{}}}}} needed, {{{{ceiling_candidate.{}.{}.{}.known.c{}}}}} known; {} alone',
      name,
      ceiling,
      series,
      candidate,
      concurrency,
      ceiling,
      series,
      candidate,
      concurrency,
      CASE enough
        WHEN 'yes' THEN 'enough'
        ELSE 'not enough'
      END
    ),
    ''
    ORDER BY position
  ) AS text
FROM ceiling_alarm_row
GROUP BY
  ceiling,
  series,
  concurrency
ORDER BY
  ceiling,
  series || '.',
  concurrency
