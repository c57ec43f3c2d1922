from annotations.admin import (
    batches,
    bias,
    checking,
    claims,
    comments,
    corrections,
    factchecks,
    handover,
    measurements,
    projects,
    studies,
)

__all__ = [
    "batches",
    "bias",
    "checking",
    "claims",
    "comments",
    "corrections",
    "factchecks",
    "handover",
    "measurements",
    "projects",
    "studies",
]
