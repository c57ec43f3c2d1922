"""REST: claims, evidence, checks and verdicts."""
