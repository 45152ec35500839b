-- Which memory bandwidths come into question, in GB/s?
SELECT
  position,
  name,
  label,
  value,
  sources
FROM
  (
    SELECT
      1 AS position,
      'published' AS name,
      'as published' AS label,
      1000 * value AS value,
      [{'source': source, 'place': place}] AS sources
    FROM statement
    WHERE id = 'ceiling_bandwidth'
    UNION ALL
    SELECT
      CASE hardware
        WHEN 'pro-5000' THEN 2
        WHEN 'server' THEN 3
        ELSE 5
      END,
      hardware,
      label,
      value,
      [{'source': source, 'place': place}]
    FROM
      hardware_spec
      JOIN hardware ON hardware.id = hardware_spec.hardware
    WHERE field = 'bandwidth_gb_s'
    UNION ALL
    -- Two bits a clock on each pin of the bus.
    SELECT
      4,
      'workstation-load',
      label || ' at its clock under load',
      2 * clock.value * bus.value / 8 / 1000,
      merged([{'source': clock.source, 'place': clock.place}], [{'source': bus.source, 'place': bus.place}])
    FROM
      hardware_spec AS clock
      JOIN hardware_spec AS bus ON bus.hardware = clock.hardware
      AND bus.field = 'bus_bit'
      JOIN hardware ON hardware.id = clock.hardware
    WHERE
      clock.hardware = 'workstation'
      AND clock.field = 'memory_clock_load_mhz'
  )
