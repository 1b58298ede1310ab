"""Many programs asking a server for long, with what it takes meanwhile."""
