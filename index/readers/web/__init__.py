"""Web pages: what a reader of the page sees of the article, and what the page says of itself."""
