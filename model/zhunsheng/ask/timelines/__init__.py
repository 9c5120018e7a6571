"""What holds on each day."""
