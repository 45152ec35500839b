-- Does the assumed run error keep the break-even between the two tested concurrencies, by every method?
SELECT
  truth(
    bool_and(
      method.low > lower.value
      AND method.high < upper.value
    ),
    FALSE
  ) AS verdict
FROM
  break_even_run_error AS method
  CROSS JOIN break_even_bracket AS lower
  CROSS JOIN break_even_bracket AS upper
WHERE
  lower.side = 'last_loss'
  AND upper.side = 'first_gain'
