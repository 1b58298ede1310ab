"""Scores as figures: means with intervals, comparisons, tables, pages and files."""
