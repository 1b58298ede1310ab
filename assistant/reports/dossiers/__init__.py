"""Dossiers: the documents of one negotiation, as the user lists them, as their folders part them, or as their names suggest."""
