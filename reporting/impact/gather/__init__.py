"""Gathering of what an impact report says: plain JSON values, both languages, a constant number of queries."""

from reporting.impact.gather.snapshot import gather

__all__ = ["gather"]
