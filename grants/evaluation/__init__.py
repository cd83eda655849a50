"""What came of a project: its indicators, what was measured, and how far that is from what was promised."""
