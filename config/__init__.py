"""Settings, addresses, the task queue and what the browser is given."""
