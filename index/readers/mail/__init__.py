"""Mails: as programs send them, and as Outlook keeps them."""
