"""Programmes and the strategy plan, imported from the document itself."""
