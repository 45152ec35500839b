-- Which memory bandwidths are possible, in GB/s?
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
    SELECT
      4,
      'workstation-load',
      label || ' at its clock under load',
      gb_s,
      sources
    FROM
      clock_bandwidth
      JOIN hardware ON hardware.id = clock_bandwidth.hardware
    WHERE
      clock_bandwidth.hardware = 'workstation'
      AND clock = 'load'
  )
