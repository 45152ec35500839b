-- Does a point lie above the published ceiling, and none above the one with the bytes of the model card?
SELECT
  truth(
    bool_and(
      CASE ceiling
        WHEN 'corrected' THEN value = 0
        ELSE value > 0
      END
    ),
    FALSE
  ) AS verdict
FROM ceiling_alarm_count
WHERE which = 'alarms'
