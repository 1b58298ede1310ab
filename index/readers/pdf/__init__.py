"""PDF files: printed lines put back together into paragraphs, headings, tables and footnotes."""
