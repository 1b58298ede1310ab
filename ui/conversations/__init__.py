"""Conversations as they are kept and shown: the store, turns, feedback, and asking a question in one."""
