"""Connecting language models: settings, requests that can be stopped, and where text goes."""
