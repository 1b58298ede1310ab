"""What people touch: the chat in the browser and the `parley` command. Imports the assistant only."""
