-- How many bytes of the MTP layer does one GPU read to draft, by tokens in the step, and how long does that take at the rated bandwidth?
-- format: .2f GB
SELECT
  measure.which,
  tokens,
  unnest(exact(measure.value)),
  measure.unit,
  'none' AS interval_kind,
  measure.format,
  sources
FROM
  (
    SELECT
      tokens,
      sum(
        bytes
        ORDER BY component.position
      ) AS bytes,
      any_value(bandwidth.value) AS gb_s,
      list_sort(list_distinct(flatten(list(merged(component.sources, bandwidth.sources))))) AS sources
    FROM
      step_component AS component
      JOIN gpu_bandwidth AS bandwidth ON bandwidth.name = 'workstation'
    WHERE
      part = 'mtp'
      AND checkpoint_id = 'awq'
      AND tokens <= 32
    GROUP BY tokens
  ) AS draft
  CROSS JOIN LATERAL (
    VALUES
      ('gb', bytes / 1e9, 'GB', '.2f GB'),
      ('ms', bytes / 1e6 / gb_s, 'ms', '.2f ms')
  ) AS measure (which, value, unit, format)
