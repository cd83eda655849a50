"""Search over what a reader may see, and the questions about projects that homes count and search lists."""
