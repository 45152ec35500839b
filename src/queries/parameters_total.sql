-- How many parameters has the model, in all and for one token?
-- format: .2f B
SELECT
  total.which,
  unnest(exact(total.parameters / 1e9)),
  'billion parameters' AS unit,
  'none' AS interval_kind,
  sources
FROM
  model_total
  CROSS JOIN LATERAL (
    VALUES
      ('model', model_only),
      ('with_mtp', with_draft),
      ('with_mtp_embedding', with_draft_embedding),
      ('active', active),
      ('active_without_head', active_without_head)
  ) AS total (which, parameters)
