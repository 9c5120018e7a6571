"""Outcomes, what they depend on, how firm they are."""
