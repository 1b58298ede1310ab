"""One part measured by itself: search engines, follow-ups, extraction, quotations, a judging model."""
