"""Answers that keep to the time that a question sets."""
