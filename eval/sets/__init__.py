"""Question sets, corpora and claims as others write them: read, checked, and placed in a library."""
