-- Which bandwidth follows from each memory clock of a GPU, in GB/s, at two bits a clock and pin?
SELECT
  clock.hardware,
  regexp_extract(clock.field, '^memory_clock_(.*)_mhz$', 1) AS clock,
  2 * clock.value * bus.value / 8 / 1000 AS gb_s,
  merged([{'source': clock.source, 'place': clock.place}], [{'source': bus.source, 'place': bus.place}]) AS sources
FROM
  hardware_spec AS clock
  JOIN hardware_spec AS bus ON bus.hardware = clock.hardware
  AND bus.field = 'bus_bit'
WHERE clock.field LIKE 'memory_clock_%_mhz'
