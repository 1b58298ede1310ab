"""What kind of document a text is and how it is built: genre, turns, authors, provisions, tables of contents."""
