-- Is MTP slower at concurrencies of one and two, whatever the rounding?
SELECT truth(bool_and(high < 0), bool_and(low < 0)) AS verdict
FROM mtp_delta_tpot
WHERE concurrency IN (1, 2)
