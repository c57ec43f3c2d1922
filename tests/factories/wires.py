"""What a wire sends, message by message."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from annotations.operations.desk.wires import receive_wire_item
from articles.anchoring.text import Block, BlockKind
from articles.ingest.record import IncomingArticle, RemovedLine
from articles.models import Article, Hold, Outcome, WireIdentity, WireItem
from articles.operations.captures import keep_capture
from newsdesk.models import User
from tests.factories import AT

PARAGRAPHS = (
    "The council voted on Tuesday to close the harbour bridge for two years.",
    "“We had no choice,” mayor Ines Duarte said.",
    "The repair will cost 12 million euros, according to the council’s own estimate.",
)


def message(
    version: int | None = 1, *, status: str = "usable", text: str | None = None, **said: Any
) -> IncomingArticle:
    """An item of a wire. Its last paragraph is ``text``, of its own for each version; a stop brings no text."""
    identity: dict[str, Any] = {
        "provider": "Harbour Wire",
        "guid": "urn:harbour:1",
        "version": version,
        "pub_status": status,
    }
    if status in {"canceled", "withheld"} and text is None:
        return IncomingArticle(headline="", blocks=(), **(identity | said))
    paragraphs = (*PARAGRAPHS, text or f"This is version {version} of the report.")
    blocks = tuple(Block(BlockKind.PARAGRAPH, paragraph) for paragraph in paragraphs)
    removed = (RemovedLine(text="Share this article", rule="share-bar", position=0),)
    defaults: dict[str, Any] = {
        "headline": "Council votes to close the harbour bridge",
        "blocks": blocks,
        "removed": removed,
    }
    return IncomingArticle(**(defaults | identity | said))


def receive(incoming: IncomingArticle, *, by: User, at: datetime = AT) -> WireItem:
    content = json.dumps(incoming.to_json(), sort_keys=True).encode()
    capture = keep_capture(content=content, media_type="application/json", by=by, at=at)
    return receive_wire_item(incoming=incoming, capture=capture, reader="ninjs", by=by, at=at)


def outcomes(*messages: IncomingArticle, by: User) -> list[str]:
    """What becomes of messages that come in this order."""
    return [receive(each, by=by).outcome for each in messages]


def state_of_wire() -> dict[str, Any]:
    """Where the conversations stand: what the desk has, apart from the way it came there."""
    identities = WireIdentity.objects.order_by("guid", "provider")
    return {f"{identity.provider} {identity.guid}": _state_of(identity.article) for identity in identities}


def _state_of(article: Article | None) -> Any:
    if article is None:
        return None
    stops = Hold.objects.filter(article=article).order_by("wire_item__version", "ground")
    return {
        "text": article.head.text,
        "removed": article.head.removed,
        "state": article.state,
        "byline": article.byline,
        "embargo_until": article.embargo_until,
        "usage_terms": article.usage_terms,
        "held": [(hold.ground, hold.wire_item.version) for hold in stops if hold.wire_item and hold.lifted_at is None],
        "waiting": article.wire_items.filter(outcome=Outcome.WAITING).count(),
    }
