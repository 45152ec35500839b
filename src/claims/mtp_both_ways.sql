-- Does MTP lose at every tested concurrency before its break-even and gain at every one after, and is the loss at one the largest?
SELECT
  truth(
    bool_and(delta.high < 0) FILTER (concurrency <= bracket.value)
    AND bool_and(delta.low > 0) FILTER (concurrency > bracket.value)
    AND arg_min(concurrency, delta.value) = 1,
    FALSE
  ) AS verdict
FROM
  mtp_delta_tpot AS delta
  CROSS JOIN break_even_bracket AS bracket
WHERE bracket.side = 'last_loss'
