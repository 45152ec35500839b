-- Which stated numbers are the premises of this report, in the unit that it computes with?
SELECT *
FROM stated
WHERE
  (id, unit) IN (
    ('ceiling_bandwidth', 'TB/s'),
    ('ceiling_weights_per_gpu', 'GB'),
    ('acceptance_rate', '%'),
    ('acceptance_length', 'tokens')
  )
