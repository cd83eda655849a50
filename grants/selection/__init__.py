"""Selection: conflicts of interest, scoring, ranking under a budget, decisions and their letters."""
