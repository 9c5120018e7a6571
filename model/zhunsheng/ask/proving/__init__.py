"""Claims about every case."""
