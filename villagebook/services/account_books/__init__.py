"""账簿: ledgers, journals, trial balance, balances by entry."""
