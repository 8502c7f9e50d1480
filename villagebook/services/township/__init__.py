"""What the township sets: parameters, their proposal and effect, its keys."""
