-- Does each printed per-request throughput follow from the system throughput?
SELECT verdict
FROM agreement_verdict
WHERE relation = 'per_request.awq'
