"""The language: frozen values shared by every meaning, and nothing above them."""
