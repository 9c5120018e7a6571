"""What an amendment changes."""
