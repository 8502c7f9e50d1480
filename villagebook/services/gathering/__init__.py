"""What rules look at: facts gathered from the book, one reader per subject."""
