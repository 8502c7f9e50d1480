"""The invented village, which lives its days through the same verbs."""
