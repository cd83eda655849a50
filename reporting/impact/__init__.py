"""Impact reports: what a project, a call or a programme did with its money, and what changed."""
