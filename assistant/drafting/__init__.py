"""Drafts that a language model writes, and the checks that each sentence must pass before it is shown."""
