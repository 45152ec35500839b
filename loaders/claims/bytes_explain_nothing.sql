-- Does AWQ read more bytes for one token than NVFP4, and is it ahead?
SELECT
  truth(
    bytes.value > 0
    AND lead.low > 0,
    FALSE
  ) AS verdict
FROM
  bytes_difference AS bytes
  CROSS JOIN lead
WHERE
  bytes.tokens = 1
  AND lead.concurrency = 1
