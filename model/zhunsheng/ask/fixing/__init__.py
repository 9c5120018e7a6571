"""Single edits that put something right."""
