"""Grants and projects, from the call to the evidence: one Django app made of slices."""
