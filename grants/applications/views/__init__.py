"""Pages of applications: each fetches what the reader may see, calls one service, and says what happened."""
