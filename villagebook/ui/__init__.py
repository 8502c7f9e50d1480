"""Qt Widgets: pages, models, widgets. No rule, no SQL, no sum."""
