-- Where does the lead of one series over another change its sign, or why can that not be told?
-- If the lead can have either sign, nothing says on which side of that concurrency it is zero.
WITH
  change AS (
    SELECT
      series,
      baseline,
      before,
      after,
      CASE
        WHEN sign_before = 'settled'
        AND sign_after = 'settled' THEN 'The lead changes its sign at a concurrency of {{series_break_even.' || series || '.' || baseline || '.' || before || '}}, interpolated with the interval {{series_break_even.' || series || '.' || baseline || '.' || before || ' interval}}.'
        ELSE 'Between concurrency ' || before || ' and ' || after || ' the lead changes its sign, but ' || concat_ws(
          ', and ',
          'there are too few runs for an interval at ' || nullif(
            concat_ws(
              ' and ',
              CASE
                WHEN sign_before = 'too few runs' THEN before
              END,
              CASE
                WHEN sign_after = 'too few runs' THEN after
              END
            ),
            ''
          ),
          'its interval includes zero ' || nullif(
            concat_ws(
              ' and ',
              CASE
                WHEN sign_before = 'includes zero' THEN 'at ' || before || ' ({{series_lead.' || series || '.' || baseline || '.c' || before || ' interval}})'
              END,
              CASE
                WHEN sign_after = 'includes zero' THEN 'at ' || after || ' ({{series_lead.' || series || '.' || baseline || '.c' || after || ' interval}})'
              END
            ),
            ''
          )
        ) || ': the sign is not settled there, and the break-even is not bounded by the two.'
      END AS text
    FROM sign_change
  ),
  told AS (
    SELECT
      series,
      baseline,
      string_agg(
        text,
        ' '
        ORDER BY before
      ) AS text
    FROM change
    GROUP BY
      series,
      baseline
  )
SELECT
  lead.series,
  lead.baseline,
  CASE
    WHEN lead.leads = 1 THEN 'One shared concurrency: no break-even can be looked for.'
    ELSE coalesce(told.text, 'The lead does not change its sign between any two neighbouring concurrencies.')
  END AS text
FROM
  (
    SELECT
      series,
      baseline,
      count(*) AS leads
    FROM series_lead
    GROUP BY
      series,
      baseline
  ) AS lead
  LEFT JOIN told ON told.series = lead.series
  AND told.baseline = lead.baseline
