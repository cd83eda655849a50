"""The pages of implementation."""
