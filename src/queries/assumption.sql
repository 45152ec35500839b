-- Which numbers does this report assume, because no source gives them?
SELECT
  what,
  assumed,
  unit,
  format
FROM
  (
    VALUES
      ('run_error', 0.02, 'ratio', '.0%'),
      ('short_reply', 32, 'tokens', '.0f tokens')
  ) AS assumption (what, assumed, unit, format)
