"""What is wrong with a pack."""
