"""Implementation: the agreement, milestones, instalments with their conditions, spending and reports."""
