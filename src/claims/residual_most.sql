-- Is the residual more than half of what MTP adds to a step, wherever it is known and whatever the rounding?
SELECT truth(bool_and(low > 0.5), bool_and(high > 0.5)) AS verdict
FROM residual_loss_share
