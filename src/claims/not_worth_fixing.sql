-- Is MTP slower at every tested concurrency?
SELECT truth(bool_and(high < 0), bool_and(low < 0)) AS verdict
FROM mtp_delta_tpot
