-- Does each printed per-request throughput follow from the system throughput?
SELECT
  truth(
    agree.value = total.value
    AND total.value > 0,
    agree.value > 0
  ) AS verdict
FROM
  printed_agreement AS agree
  JOIN printed_agreement AS total ON total.relation = agree.relation
WHERE
  agree.relation = 'per_request.awq'
  AND agree.which = 'agree'
  AND total.which = 'all'
