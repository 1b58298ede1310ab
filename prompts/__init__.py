"""Prompt texts for language models, as Markdown files, and their strict rendering. Standard library only."""
