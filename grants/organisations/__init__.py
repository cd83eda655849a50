"""Libraries and other organisations, their municipalities, and the people who act for them."""
