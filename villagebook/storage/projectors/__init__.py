"""Projectors: from the body of one event to the rows of its tables; `storage/projection.py` puts them together."""
