from annotations.admin import batches, bias, checking, claims, comments, corrections, factchecks, projects

__all__ = ["batches", "bias", "checking", "claims", "comments", "corrections", "factchecks", "projects"]
