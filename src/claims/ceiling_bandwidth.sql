-- Is any variant of the card rated at the published bandwidth?
SELECT
  CASE
    WHEN coalesce(bool_or(card.value BETWEEN 1000 * published.low AND 1000 * published.high), FALSE) THEN 'holds'
    ELSE 'contradicted'
  END AS verdict
FROM
  bandwidth_card AS card
  CROSS JOIN stated_value AS published
WHERE
  card.bandwidth IN ('workstation', 'max-q', 'server')
  AND published.id = 'ceiling_bandwidth'
