-- Which runs are evidence of a point: those that went to their end and in which something succeeded?
SELECT *
FROM run
WHERE
  complete
  AND failed < requests
