"""Settings: parameters, opening balances, what comes from other programs."""
