"""The web server: the application, its routes, and running it."""
