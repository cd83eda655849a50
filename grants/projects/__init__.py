"""Projects: the one row that carries an idea from the first draft to the last study."""
