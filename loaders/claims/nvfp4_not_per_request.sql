-- Is NVFP4 system throughput below concurrency times per-request throughput, beyond rounding?
SELECT truth(bool_and(high < 0), bool_and(low < 0)) AS verdict
FROM system_excess
WHERE concurrency > 1
