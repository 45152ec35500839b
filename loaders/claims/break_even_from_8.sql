-- Is eight the first tested concurrency with a gain, and the break-even itself there?
SELECT
  CASE
    WHEN bracket.value <> stated.value THEN 'contradicted'
    WHEN break_even.low >= stated.value THEN 'holds'
    ELSE 'holds-within-rounding'
  END AS verdict
FROM
  break_even_bracket AS bracket
  CROSS JOIN break_even
  CROSS JOIN stated_value AS stated
WHERE
  bracket.side = 'first_gain'
  AND stated.id = 'break_even_concurrency'
