-- What did each run that is evidence yield, metric by metric, under each definition?
SELECT
  run.series,
  run.id AS run,
  run.offered_load,
  m.semantics,
  m.metric,
  m.value,
  m.unit,
  [{'source': series.source, 'place': run.file}] AS sources
FROM
  evidence_run AS run
  JOIN series ON series.id = run.series
  JOIN (
    SELECT
      run,
      semantics,
      metric,
      value,
      unit
    FROM run_metric
    UNION ALL
    SELECT
      run_metric.run,
      semantics,
      'system_throughput',
      1000 * settled.concurrency / value,
      'tok/s'
    FROM
      run_metric
      JOIN run AS settled ON settled.id = run_metric.run
    WHERE
      metric = 'median_tpot_ms'
      AND value > 0
      -- Under a request rate, or with too few prompts, not all slots of a concurrency are in use.
      AND settled.offered_load = 'c' || settled.concurrency
      AND settled.num_prompts >= settled.concurrency
  ) AS m ON m.run = run.id
