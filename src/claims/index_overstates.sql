-- Does counting the first token lower the throughput everywhere, least for AWQ at one and most for MTP at eight?
SELECT
  truth(
    bool_and(low > 0)
    AND arg_min(series || concurrency, value) = 'awq1'
    AND arg_max(series || concurrency, value) = 'awq-mtp18',
    FALSE
  ) AS verdict
FROM mtp_index_gap
