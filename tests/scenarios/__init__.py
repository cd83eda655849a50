"""The story language that tests and the demo share: people, calls and projects move through services only."""
