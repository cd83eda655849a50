"""The words of the product in both languages, for people who read its pages."""
