"""Who may come in: users and their passwords, sessions, attempts, and the guards around every request."""
