-- Does the formula give each printed system throughput from the printed TPOT?
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
  agree.relation = 'formula.awq-mtp1'
  AND agree.which = 'agree'
  AND total.which = 'all'
