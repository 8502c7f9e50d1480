"""Checks with id, source, severity, why and fix: pure functions over Facts."""
