-- By how much is MTP ahead at each concurrency, in each quantity in which that can be said?
-- Each margin is below zero where MTP loses and above zero where it gains.
SELECT
  basis,
  concurrency,
  quantity,
  CASE quantity
    WHEN 'ratio' THEN shifted(speedup, -1)
    WHEN 'log_ratio' THEN bounded(ln(speedup.value), ln(speedup.low), ln(speedup.high))
    ELSE difference(without_mtp, with_mtp)
  END AS margin,
  sources
FROM
  mtp_operand
  CROSS JOIN (
    VALUES
      ('ratio'),
      ('log_ratio'),
      ('tpot')
  ) AS said (quantity)
