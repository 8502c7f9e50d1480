"""The end of a month and of a year; the check of the whole book."""
