-- Is the gain by MTP at the highest concurrency below that at the first one with a gain, whatever the rounding?
SELECT truth(bool_and(last.high < delta.low), bool_and(last.low < delta.high)) AS verdict
FROM
  break_even_bracket AS bracket
  JOIN mtp_delta_tpot AS delta ON delta.concurrency = bracket.value
  CROSS JOIN (
    SELECT *
    FROM mtp_delta_tpot
    ORDER BY concurrency DESC
    LIMIT
      1
  ) AS last
WHERE
  bracket.side = 'first_gain'
  AND last.concurrency > delta.concurrency
