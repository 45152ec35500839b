-- Which bandwidth follows from each memory clock, at two bits a clock and pin?
-- format: .1f GB/s
SELECT
  clock.hardware,
  CASE clock.field
    WHEN 'memory_clock_load_mhz' THEN 'load'
    ELSE 'max'
  END AS clock,
  unnest(exact(2 * clock.value * bus.value / 8 / 1000)),
  'GB/s' AS unit,
  'none' AS interval_kind,
  merged([{'source': clock.source, 'place': clock.place}], [{'source': bus.source, 'place': bus.place}]) AS sources
FROM
  hardware_spec AS clock
  JOIN hardware_spec AS bus ON bus.hardware = clock.hardware
  AND bus.field = 'bus_bit'
WHERE clock.field LIKE 'memory_clock_%'
