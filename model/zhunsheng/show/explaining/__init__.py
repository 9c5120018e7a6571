"""Why an answer is so, and why not otherwise."""
