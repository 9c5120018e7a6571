"""What surely holds and what may still be, of a case not wholly known."""
