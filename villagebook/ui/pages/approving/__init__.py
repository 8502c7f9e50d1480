"""What waits for signatures: in ink against a picture, by key, the second look."""
