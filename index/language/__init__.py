"""What Parley knows of English: text in, spans and words out. It knows no document and no question; word lists are in tables/."""
