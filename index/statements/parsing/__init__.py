"""A second opinion from a dependency parse: reading a parser's trees, and the attributions they show."""
