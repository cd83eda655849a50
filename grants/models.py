"""Every model of every slice, so that Django finds them under one label."""

from grants.accounts.models import User

__all__ = ["User"]
