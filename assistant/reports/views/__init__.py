"""Views over the statements of a library: positions by party and issue, a ledger of statuses, a timeline.

Nothing in them is written by Parley but headings: every cell, line and item is a statement with its quotation and source.
"""
