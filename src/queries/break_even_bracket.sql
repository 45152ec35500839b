-- Which tested concurrencies lie on either side of the break-even of MTP?
-- format: .0f
SELECT
  side,
  unnest(
    exact(
      CASE side
        WHEN 'last_loss' THEN before
        ELSE after
      END
    )
  ),
  'concurrency' AS unit,
  'none' AS interval_kind,
  sources
FROM
  crossing
  CROSS JOIN (
    VALUES
      ('last_loss'),
      ('first_gain')
  ) AS bracket (side)
WHERE
  series = 'awq-mtp1'
  AND baseline = 'awq'
