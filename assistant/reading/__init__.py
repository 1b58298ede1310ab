"""How well a sentence answers, and with which words: the fitted score, its features, and the chance that it answers at all."""
