"""What people judge, as editors and administrators look after it."""

from annotations.admin import batches, bias, claims, comments, factchecks, handover, projects

__all__ = ["batches", "bias", "claims", "comments", "factchecks", "handover", "projects"]
