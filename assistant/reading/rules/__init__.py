"""Rules that find the words of a sentence that answer a question of one kind: who, when, where, how many, what."""
