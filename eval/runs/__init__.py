"""A question set asked from beginning to end."""
