"""Registers beside the ledger: assets, contracts, loans, funds, budgets, projects, households."""
