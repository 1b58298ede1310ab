"""The libraries of a server: opened, filled by uploads, and their documents shown and corrected."""
