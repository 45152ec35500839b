-- Is the time to read the draft layer below a twentieth of the residual, on each variant of the card?
SELECT truth(bool_and(high < 0.05), bool_and(low < 0.05)) AS verdict
FROM residual_draft_share
