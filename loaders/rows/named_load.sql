-- What is each offered load called, in a sentence after “at” and among others in a table?
WITH
  known AS (
    SELECT offered_load
    FROM run
    UNION
    SELECT 'c' || concurrency
    FROM printed
    WHERE role = 'measured'
  ),
  read AS (
    SELECT
      offered_load,
      regexp_extract(
        offered_load,
        '^(?:c(\d+))?-?(?:ramp-(\w+)-([\d.]+)-([\d.]+)|r([\d.]+))?',
        ['slots', 'ramp', 'slowest', 'fastest', 'rate']
      ) AS part
    FROM known
  ),
  named AS (
    SELECT
      offered_load,
      nullif(part.slots, '') AS concurrency,
      nullif(part.slowest, '') AS slowest,
      part.fastest AS fastest,
      nullif(part.rate, '') AS rate
    FROM read
  )
SELECT
  offered_load,
  concurrency::INTEGER AS concurrency,
  rate::DOUBLE AS rate,
  rate AS rate_text,
  coalesce(offered_load = 'c' || concurrency, FALSE) AS is_concurrency,
  coalesce(
    nullif(
      concat_ws(
        ' and ',
        'concurrency ' || concurrency,
        'a rate rising from ' || slowest || ' to ' || fastest || ' req/s',
        rate || ' req/s'
      ),
      ''
    ),
    'no limit'
  ) AS in_sentence,
  coalesce(
    nullif(
      concat_ws(' at ', 'C ' || concurrency, slowest || ' to ' || fastest || ' req/s', rate || ' req/s'),
      ''
    ),
    'no limit'
  ) AS in_table
FROM named
ORDER BY
  concurrency,
  rate,
  offered_load
