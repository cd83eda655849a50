"""Applications: drafts filled in by a team, submitted exactly once in time, checked for eligibility."""
