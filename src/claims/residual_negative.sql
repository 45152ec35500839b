-- Is the acceptance at which the residual is zero highest, and above zero, at the first concurrency with a gain?
SELECT
  truth(
    arg_max(least.concurrency, least.value) = max(bracket.value)
    AND max(least.low) > 0,
    FALSE
  ) AS verdict
FROM
  acceptance_min AS least
  CROSS JOIN break_even_bracket AS bracket
WHERE bracket.side = 'first_gain'
