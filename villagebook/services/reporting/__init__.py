"""报表: balance sheet, income and distribution, their layouts, checks and notes."""
