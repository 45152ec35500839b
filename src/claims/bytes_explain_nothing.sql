-- Does AWQ read more bytes than NVFP4 for one token and fewer for sixteen, and is it ahead at one?
SELECT
  truth(
    bool_and(
      CASE bytes.tokens
        WHEN 1 THEN bytes.value > 0
        ELSE bytes.value < 0
      END
    )
    AND bool_and(lead.low > 0),
    FALSE
  ) AS verdict
FROM
  bytes_difference AS bytes
  CROSS JOIN lead
WHERE
  bytes.tokens IN (1, 16)
  AND lead.concurrency = 1
