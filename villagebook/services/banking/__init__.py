"""Cash counted, bank statements read, matched and reconciled."""
