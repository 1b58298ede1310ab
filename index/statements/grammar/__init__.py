"""The words of a paragraph with the part each plays in a clause: verbs, and the noun phrases beside them."""
