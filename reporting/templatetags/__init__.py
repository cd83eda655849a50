"""Template words of reporting."""
