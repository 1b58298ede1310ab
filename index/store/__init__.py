"""Where a library is kept: the catalogue of documents, the two search caches beside it, and how their rankings are joined."""
