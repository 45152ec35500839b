-- Does AWQ stay below the ceiling for every rated bandwidth with the published bytes?
SELECT truth(bool_and(high < 1), bool_and(value < 1)) AS verdict
FROM ceiling_published_share
WHERE
  series = 'awq'
  AND bandwidth IN ('workstation', 'max-q', 'server')
