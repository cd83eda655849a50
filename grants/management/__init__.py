"""Commands of the slices."""
