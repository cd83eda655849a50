"""The kinds of pictures, each a pure function of plain data; words come in the language of the moment."""
