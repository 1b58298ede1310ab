"""Values as HTML: text from documents made safe, labels, citations, the look of a page and its scripts and style sheets."""
