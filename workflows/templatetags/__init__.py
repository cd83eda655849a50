"""Template words: `{% load pazanga %}`."""
