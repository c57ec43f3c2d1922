"""Pages: claims, evidence, checks and verdicts."""
