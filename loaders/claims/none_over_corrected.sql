-- Is every point at or below the ceiling with the bytes of the model card?
SELECT truth(value = 0, FALSE) AS verdict
FROM ceiling_alarm_count
WHERE
  ceiling = 'corrected'
  AND which = 'alarms'
