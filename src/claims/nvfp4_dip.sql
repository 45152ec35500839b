-- Is the first step of NVFP4 the largest loss of all?
SELECT
  truth(
    min(high) FILTER (
      series = 'nvfp4'
      AND concurrency = 2
    ) < min(low) FILTER (
      NOT (
        series = 'nvfp4'
        AND concurrency = 2
      )
    ),
    min(value) FILTER (
      series = 'nvfp4'
      AND concurrency = 2
    ) < min(value) FILTER (
      NOT (
        series = 'nvfp4'
        AND concurrency = 2
      )
    )
  ) AS verdict
FROM per_request_step
WHERE series IN ('awq', 'nvfp4')
