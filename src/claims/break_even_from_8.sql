-- Is eight the first tested concurrency with a gain?
SELECT
  CASE
    WHEN bracket.value = stated.value THEN 'holds'
    ELSE 'contradicted'
  END AS verdict
FROM
  break_even_bracket AS bracket
  CROSS JOIN stated_value AS stated
WHERE
  bracket.side = 'first_gain'
  AND stated.id = 'break_even_concurrency'
