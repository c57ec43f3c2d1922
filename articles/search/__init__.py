"""Finding passages of stored sources for a claim."""
