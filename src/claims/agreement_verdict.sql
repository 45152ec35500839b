-- Do printed numbers follow from the other printed numbers, at every concurrency or at some?
SELECT
  total.relation,
  truth(
    agree.value = total.value
    AND total.value > 0,
    agree.value > 0
  ) AS verdict
FROM
  printed_agreement AS total
  JOIN printed_agreement AS agree ON agree.relation = total.relation
WHERE
  total.which = 'all'
  AND agree.which = 'agree'
