"""Funding sources by year, the append-only ledger and the arithmetic of money."""
