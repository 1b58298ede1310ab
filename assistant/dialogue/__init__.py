"""A conversation and its next question: what "he", "there" and "what about Tarsia?" take from the turns before."""
