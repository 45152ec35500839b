-- Does each printed system throughput with MTP follow from its median TPOT?
SELECT verdict
FROM agreement_verdict
WHERE relation = 'formula.awq-mtp1'
