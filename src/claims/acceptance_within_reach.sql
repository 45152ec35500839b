-- Is the break-even acceptance below one at each concurrency above one, and below the stated rate from the first gain on?
SELECT
  truth(
    bool_and(
      needed.high < 1
      AND (
        needed.concurrency < bracket.value
        OR needed.high < stated.low / 100
      )
    ),
    bool_and(
      needed.low < 1
      AND (
        needed.concurrency < bracket.value
        OR needed.low < stated.high / 100
      )
    )
  ) AS verdict
FROM
  break_even_acceptance AS needed
  CROSS JOIN break_even_bracket AS bracket
  CROSS JOIN stated_value AS stated
WHERE
  needed.basis = 'rate'
  AND needed.concurrency > 1
  AND bracket.side = 'first_gain'
  AND stated.id = 'acceptance_rate'
