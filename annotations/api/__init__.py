"""Claims, bias tags, evidence, checks and verdicts over REST, and the articles they are about."""
