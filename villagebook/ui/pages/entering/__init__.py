"""Money in, money out, between places, adjustments: the drafts and what they share."""
