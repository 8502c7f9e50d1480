"""People and posts, keys, kin, seals, receipt books; the handover of an office."""
