"""What is made of a whole library or conversation: the views of positions, and files to take away."""
