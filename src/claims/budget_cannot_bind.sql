-- Do all prompts in flight together stay within both budgets?
SELECT truth(bool_and(value < 1), FALSE) AS verdict
FROM budget_use
