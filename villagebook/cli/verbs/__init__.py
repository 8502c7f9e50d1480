"""One file a verb: `words` it takes, and `run`; the work is in services."""
