-- Does the formula give each printed system throughput from the printed TPOT?
SELECT verdict
FROM agreement_verdict
WHERE relation = 'formula.awq-mtp1'
