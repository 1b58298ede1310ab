"""Word files: paragraphs, headings, lists and tables as a reader sees them, and what was done to the text."""
