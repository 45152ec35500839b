-- What does a step with MTP consist of at each concurrency, if the stated acceptance rate held there?
-- A verifying step holds two tokens of each request, as many as a plain step at twice the concurrency.
WITH
  pair AS MATERIALIZED (
    SELECT *
    FROM mtp_pair
  )
SELECT
  operand.concurrency,
  operand.with_mtp AS tpot,
  operand.without_mtp AS plain_step,
  operand.speedup,
  doubled.without_mtp AS verifying_step,
  scaled(acceptance.quantity, 0.01) AS acceptance,
  operand.sources,
  merged(operand.sources, acceptance.sources) AS sources_with_acceptance,
  merged(operand.sources, doubled.sources) AS sources_with_doubled,
  merged(merged(operand.sources, acceptance.sources), doubled.sources) AS all_sources
FROM
  pair AS operand
  CROSS JOIN premise AS acceptance
  LEFT JOIN pair AS doubled ON doubled.concurrency = 2 * operand.concurrency
WHERE acceptance.id = 'acceptance_rate'
