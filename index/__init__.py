"""Documents in, hits out: reading, cutting, attributing, storing and searching. Imports no other project package."""
