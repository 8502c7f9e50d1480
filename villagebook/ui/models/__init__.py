"""Read-only models: a domain table, and an endless one that fetches rows by key."""
