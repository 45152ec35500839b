-- Is the lead on the per-request column positive everywhere, and smaller than published above a concurrency of one?
SELECT
  truth(
    bool_and(p.low > 0)
    AND bool_and(p.high < l.low) FILTER (p.concurrency > 1),
    bool_and(p.value > 0)
    AND bool_and(p.value < l.value) FILTER (p.concurrency > 1)
  ) AS verdict
FROM
  lead_per_request AS p
  JOIN lead AS l ON l.concurrency = p.concurrency
