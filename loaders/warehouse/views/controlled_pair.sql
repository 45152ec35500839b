-- Which two series differ in one setting and in nothing else that both state?
SELECT
  series,
  baseline,
  max(field) AS field
FROM confounder
WHERE series < baseline
GROUP BY
  series,
  baseline
HAVING
  count(*) = 1
  AND bool_and(kind = 'differs')
