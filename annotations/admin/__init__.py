from annotations.admin import (
    batches,
    bias,
    checking,
    claims,
    comments,
    corrections,
    datasets,
    factchecks,
    handover,
    projects,
    settling,
    studies,
)

__all__ = [
    "batches",
    "bias",
    "checking",
    "claims",
    "comments",
    "corrections",
    "datasets",
    "factchecks",
    "handover",
    "projects",
    "settling",
    "studies",
]
