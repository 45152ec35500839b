-- Does the rounding interval of the change for the short reply at the highest concurrency hold zero?
SELECT
  truth(
    low < 0
    AND high > 0,
    FALSE
  ) AS verdict
FROM mtp_reply_change
WHERE reply = 'short'
ORDER BY concurrency DESC
LIMIT
  1
