-- Which runs are evidence of a point: those that went to their end and in which a request succeeded?
SELECT * EXCLUDE (standing)
FROM run_standing
WHERE standing = 'evidence'
