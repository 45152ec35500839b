-- Which value would each premise need for a point to lie at its ceiling, and which is known?
-- format: .1f
SELECT
  ceiling,
  series,
  candidate,
  which,
  concurrency,
  unnest(
    exact(
      CASE which
        WHEN 'needed' THEN needed
        ELSE known
      END
    )
  ),
  unit,
  'none' AS interval_kind,
  CASE unit
    WHEN 'GB/s' THEN '.0f GB/s'
    WHEN 'tokens' THEN '.2f tokens'
    ELSE '.1f ' || unit
  END AS format,
  sources
FROM
  ceiling_explanation
  CROSS JOIN (
    VALUES
      ('needed'),
      ('known')
  ) AS counted (which)
