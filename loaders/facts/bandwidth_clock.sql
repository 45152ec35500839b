-- Which bandwidth follows from each memory clock, at two bits a clock and pin?
-- format: .1f GB/s
SELECT
  hardware,
  clock,
  unnest(exact(gb_s)),
  'GB/s' AS unit,
  'none' AS interval_kind,
  sources
FROM clock_bandwidth
