-- Is AWQ ahead at every concurrency both were measured at, whatever the rounding?
SELECT truth(bool_and(low > 0), bool_and(high > 0)) AS verdict
FROM lead
