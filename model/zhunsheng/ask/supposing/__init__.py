"""What if, and from when."""
