"""What leaves the village: packages, archives, data for others."""
