"""The book as a file: made, opened, brought forward, copied."""
