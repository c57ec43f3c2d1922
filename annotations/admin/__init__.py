from annotations.admin import batches, bias, checking, claims, comments, corrections, factchecks, handover, projects

__all__ = ["batches", "bias", "checking", "claims", "comments", "corrections", "factchecks", "handover", "projects"]
