"""SQLAlchemy Core on SQLite: rows <-> domain values. The only room that knows SQL."""
