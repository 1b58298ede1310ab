"""The HTTP API for programs: questions, searches, quotation checks, statements, views and documents, as JSON."""
