"""Questions: a folder for each kind, built on those for simpler questions; every one returns a report."""
