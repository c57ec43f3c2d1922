"""What people judge about a text: claims, bias, evidence and verdicts."""
