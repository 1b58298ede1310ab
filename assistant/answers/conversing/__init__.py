"""Replies to what people say beside asking: thanks, "shorter", "go on", "that is wrong"."""
