"""What holds on each day, in words and as a picture."""
