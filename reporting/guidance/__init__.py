"""Pages that help people on: how things are done here, and for whom these pages are made to work."""
