"""Quotations that no cue claims: the speaker beside them, or across paragraphs."""
