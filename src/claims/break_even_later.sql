-- Is the break-even later for the published reply than in decoding alone, and later still for the short one?
SELECT
  truth(
    decode.value < published.value
    AND published.high < short.low,
    FALSE
  ) AS verdict
FROM
  break_even_method AS decode
  CROSS JOIN break_even_reply AS published
  CROSS JOIN break_even_reply AS short
WHERE
  decode.basis = 'printed_tpot'
  AND decode.quantity = 'ratio'
  AND decode.axis = 'linear'
  AND published.reply = 'published'
  AND short.reply = 'short'
