"""The text of a law: beside its rules, and in forms for other programs."""
