"""Home pages: for each role what needs it now, what it has in hand, and what came of it."""
