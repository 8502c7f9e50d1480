"""Documents and vouchers: drafted, booked, found, drawn; the chart they stand on."""
