-- Is AWQ ahead, and does nothing but the software differ?
SELECT verdict
FROM cause_verdict
WHERE cause = 'kernel'
