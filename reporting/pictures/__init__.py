"""Pictures of numbers, drawn on the server: pure functions from plain data to a picture with its words and table.

A kind (`reporting.pictures.kinds`) says the finding, the unit and the table and places the marks; `svg` turns marks
into elements, with classes on a page and with plain colours on paper; `templates/reporting/picture.html` shows it all.
"""

from reporting.pictures.picture import Ask, Key, Picture

__all__ = ["Ask", "Key", "Picture"]
