"""What people judge, as editors and administrators look after it."""

from annotations.admin import batches, bias, checking, claims, comments, factchecks, projects

__all__ = ["batches", "bias", "checking", "claims", "comments", "factchecks", "projects"]
