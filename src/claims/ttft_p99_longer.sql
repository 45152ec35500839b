-- Is the 99th percentile of the time to first token longer with MTP at every concurrency, whatever the rounding?
SELECT truth(bool_and(low > 0), bool_and(high > 0)) AS verdict
FROM ttft_p99_change
