"""Reads everything, owns only its own reports."""
