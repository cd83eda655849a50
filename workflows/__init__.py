"""The workflow engine: it knows people and kinds of things, and nothing of grants."""
