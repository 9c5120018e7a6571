"""Which fact is asked for next."""
