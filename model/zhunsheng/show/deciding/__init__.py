"""A decision, a case told as a story, and the JSON that all other JSON is made of."""
