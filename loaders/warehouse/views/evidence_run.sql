-- Which runs are evidence of a point: those that ran to the end and had a successful request?
SELECT * EXCLUDE (standing)
FROM run_standing
WHERE standing = 'evidence'
