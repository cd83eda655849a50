"""The pages of impact reports."""
