"""Questions: one module each; every one returns a report."""
