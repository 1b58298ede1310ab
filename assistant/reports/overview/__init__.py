"""Overviews of documents in their own words: who met, what each party wants, what is agreed, what is open, what comes next."""
