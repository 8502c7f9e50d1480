"""Values and arithmetic of village bookkeeping; standard library only, nothing of ours above it."""
