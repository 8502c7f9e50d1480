"""People, posts and kin; keys, seals and receipt books; the handover of an office."""
