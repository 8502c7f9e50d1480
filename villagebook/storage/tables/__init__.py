"""Tables of a book, by what they are about; `storage/schema.py` puts them together."""
