-- Is AWQ ahead, and does nothing but the quantisation differ?
SELECT verdict
FROM cause_verdict
WHERE cause = 'quantisation'
