-- Between which neighbouring concurrencies does a lead change its sign, and is the sign settled at both?
SELECT
  series,
  baseline,
  before,
  after,
  sign_before,
  sign_after
FROM sign_change
ORDER BY
  series,
  baseline,
  before
