-- Is NVFP4 system throughput below concurrency times per-request throughput, beyond rounding?
SELECT truth(bool_and(low > 0), bool_and(high > 0)) AS verdict
FROM system_shortfall
WHERE concurrency > 1
