-- How many tokens does a step with MTP yield, from the stated acceptance rate and as stated itself?
-- format: .2f
SELECT
  basis,
  unnest(
    CASE basis
      WHEN 'rate' THEN shifted(scaled(quantity, 0.01), 1)
      ELSE quantity
    END
  ),
  'tokens' AS unit,
  CASE basis
    WHEN 'rate' THEN '.3f'
    ELSE '.2f'
  END AS format,
  'rounding' AS interval_kind,
  sources
FROM
  premise
  JOIN (
    VALUES
      ('rate', 'acceptance_rate'),
      ('length', 'acceptance_length')
  ) AS given (basis, id) USING (id)
