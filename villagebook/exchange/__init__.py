"""Domain values in, files out, and back: packages, tables, photos, keys. No database."""
