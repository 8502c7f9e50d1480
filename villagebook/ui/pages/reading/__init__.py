"""Books, statements and the chart of accounts."""
