"""The pictures of README and guides, taken of the running product: `make pictures`."""
