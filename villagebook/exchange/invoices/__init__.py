"""Reading e-invoices and tickets from their files, offline and without trust in what the files hold."""
