"""How a document is built: its provisions, tables of contents, and where they are found by number."""
