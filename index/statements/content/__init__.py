"""What was said: where the words that a cue reports begin and end."""
