-- How large is each checkpoint, and how much of it lies on one GPU?
-- format: .1f GB
WITH
  stored AS (
    SELECT
      component.checkpoint_id,
      sum(
        parameters * disk_bits / 8
        ORDER BY position
      ) AS on_disk,
      sum(
        parameters * bits / 8 / CASE
          WHEN replicated THEN 1
          ELSE gpus
        END
        ORDER BY position
      ) AS on_gpu,
      list_sort(list_distinct(flatten(list(list_concat(component.sources, awq.sources))))) AS sources
    FROM
      checkpoint_component AS component
      JOIN deployment AS awq ON awq.series = 'awq'
    WHERE
      part = 'model'
      OR (
        part = 'draft'
        AND includes_draft
      )
    GROUP BY component.checkpoint_id
  )
SELECT
  checkpoint_id,
  measure.which,
  unnest(exact(measure.value)),
  measure.unit,
  'none' AS interval_kind,
  measure.format,
  sources
FROM
  stored
  CROSS JOIN LATERAL (
    VALUES
      ('gb', on_disk / 1e9, 'GB', '.1f GB'),
      ('gib', on_disk / pow(2, 30), 'GiB', '.1f GiB'),
      ('gpu_gb', on_gpu / 1e9, 'GB', '.1f GB'),
      ('gpu_gib', on_gpu / pow(2, 30), 'GiB', '.2f GiB')
  ) AS measure (which, value, unit, format)
