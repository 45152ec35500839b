-- Is the break-even below the first tested concurrency with a gain by every method, whatever the rounding?
SELECT truth(bool_and(method.high < bracket.value), bool_and(method.low < bracket.value)) AS verdict
FROM
  break_even_method AS method
  CROSS JOIN break_even_bracket AS bracket
WHERE bracket.side = 'first_gain'
