"""The one door to money: sources, fundings with their stages, and the ledger."""

from grants.money.services.funding import load_sources, open_funding, record_stage
from grants.money.services.ledger import commit, decommit, pay, release_reservation, reserve, return_money

__all__ = [
    "commit",
    "decommit",
    "load_sources",
    "open_funding",
    "pay",
    "record_stage",
    "release_reservation",
    "reserve",
    "return_money",
]
