from annotations.admin import (
    batches,
    bias,
    checking,
    claims,
    comments,
    corrections,
    factchecks,
    handover,
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
    "projects",
    "studies",
]
