"""The sheet a clerk files."""
