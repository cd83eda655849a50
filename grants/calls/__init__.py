"""Calls for proposals: what is asked, of whom, by when, how it is judged, and with which money."""
