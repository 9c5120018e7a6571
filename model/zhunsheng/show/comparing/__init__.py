"""What an amendment changes, and what puts it right."""
