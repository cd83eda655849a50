"""Found by Django's management."""
