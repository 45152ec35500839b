-- Is AWQ at a concurrency of one above the published ceiling, whatever the rounding?
SELECT truth(low > 0, high > 0) AS verdict
FROM over_ceiling
WHERE series = 'awq'
