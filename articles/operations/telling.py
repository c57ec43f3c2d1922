"""Telling other programs what happened: the job that does so is enqueued in the transaction of the act."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from articles.operations.jobs import enqueue

TELL_HOOKS = "newsdesk.tell_hooks"


def tell_hooks(*, event: str, noun: UUID, at: datetime) -> None:
    """Have everybody told who asked to hear of this event, once the transaction is committed.

    :param event: the name of what happened, of ``newsdesk.models.hooks.Event``.
    :param noun: the uid of what it happened to.
    """
    enqueue(TELL_HOOKS, event=event, noun=str(noun), at=at.isoformat())
