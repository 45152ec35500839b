-- Is AWQ without MTP ahead at every shared concurrency?
SELECT truth(bool_and(low > 0), bool_and(high > 0)) AS verdict
FROM lead
