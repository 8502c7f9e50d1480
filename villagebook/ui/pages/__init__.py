"""One file per page; each is imported when it is first shown."""
