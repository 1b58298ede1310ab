"""Two versions of one text: which documents are versions, which paragraphs belong together, and what changed in them."""
