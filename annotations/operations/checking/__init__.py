"""Acts: claims, evidence, checks and verdicts."""
