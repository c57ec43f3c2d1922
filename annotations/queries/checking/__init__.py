"""What pages and exports show: claims, evidence, checks and verdicts."""
