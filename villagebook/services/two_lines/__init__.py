"""收支两条线: the proof that takings and spending never met; the cash float."""
