"""Pages of organisations, their members, invitations and requests to join."""
