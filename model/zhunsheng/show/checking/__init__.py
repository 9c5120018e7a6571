"""What scenarios, checks and theorems come to."""
