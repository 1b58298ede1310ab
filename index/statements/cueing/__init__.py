"""Where a text says that somebody said something: cue verbs, nouns and constructions, and what is no cue."""
