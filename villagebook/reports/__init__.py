"""Domain values in, bytes out: PDF and XLSX. No database."""
