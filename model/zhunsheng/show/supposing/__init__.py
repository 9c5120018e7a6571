"""What if, from when, and what would have to change."""
