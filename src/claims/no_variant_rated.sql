-- Is every rated bandwidth of the card outside what the published one can be rounded from?
SELECT truth(bool_and(card.value NOT BETWEEN 1000 * published.low AND 1000 * published.high), FALSE) AS verdict
FROM
  bandwidth_card AS card
  CROSS JOIN stated_value AS published
WHERE
  card.bandwidth IN ('workstation', 'max-q', 'server')
  AND published.id = 'ceiling_bandwidth'
