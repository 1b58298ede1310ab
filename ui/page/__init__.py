"""The chat page: its layout, and what happens on which click."""
