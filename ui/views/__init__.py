"""The pages of positions, ledger and timeline."""
