"""Answers to who said what: statements of the asked speaker, ranked and told."""
