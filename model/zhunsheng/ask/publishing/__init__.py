"""The text, and what is told of it."""
