"""Which fact to ask for next."""
