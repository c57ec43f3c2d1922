"""Many articles at once: the rows that :func:`articles.operations.articles.ingest_article` writes, set by set."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import AbstractUser

from articles.anchoring.selectors import Place
from articles.anchoring.text import sha256_of
from articles.ingest.record import IncomingArticle
from articles.models import (
    Anchor,
    AnchorState,
    Article,
    ArticleState,
    Capture,
    CurrentAnchor,
    Fingerprint,
    Intake,
    Revision,
    Span,
)
from articles.operations.articles import readable_slug, removed_lines_of
from articles.operations.facts import FACTS, cut_short, facts_in
from articles.operations.fingerprints import fingerprint_of
from articles.operations.rows import Rows, coded, coded_json, new_uids, next_keys, state_that_no_law_is_lifted

# Columns that hold what a record says of itself, of limited length: the keys of the record that may not fit.
LIMITS: dict[str, int | None] = {
    key: cast(Any, Article._meta.get_field(column)).max_length for column, key in FACTS.items()
}


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as it came: what was read, the bytes it was read from, and how."""

    incoming: IncomingArticle
    content: bytes
    media_type: str
    reader: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """An article that is in, by its keys, with the text that its offsets count in."""

    uid: UUID
    article: int
    revision: int
    capture: int
    text: str


def write_articles(pieces: Sequence[Piece], *, by: AbstractUser, at: datetime) -> list[Written]:
    """Store articles that nobody has looked at, each as revision 1, in the given order; call it in a transaction.

    Writes the bytes they came from, the articles, their revisions and the intakes that tie them together, and not the
    fingerprints, which cost more than all the rest: whoever calls this puts :func:`fingerprint_missing` off.
    """
    state_that_no_law_is_lifted()
    captured = [_captured_as(piece) for piece in pieces]
    captures = _keep_captures(dict(zip(captured, pieces, strict=True)), by=by, at=at)
    keys, revisions = next_keys([(Article, len(pieces)), (Revision, len(pieces))])
    uids = (UUID(uid) for uid in new_uids(len(pieces)))
    written = [
        Written(uid, article, revision, captures[identity], piece.incoming.text)
        for piece, identity, uid, article, revision in zip(pieces, captured, uids, keys, revisions, strict=True)
    ]
    _write_articles(pieces, written, by=by, at=at)
    _write_revisions(pieces, written, by=by, at=at)
    _write_intakes(pieces, written, by=by, at=at)
    return written


def _captured_as(piece: Piece) -> tuple[str, str, str]:
    """What makes two captures the same (:func:`articles.operations.captures.keep_capture`)."""
    return hashlib.sha256(piece.content).hexdigest(), piece.media_type, piece.name


def _keep_captures(
    wanted: Mapping[tuple[str, str, str], Piece], *, by: AbstractUser, at: datetime
) -> dict[tuple[str, str, str], int]:
    """Keep the bytes that are not kept yet; returns the keys of all."""
    kept = Capture.objects.filter(sha256__in={sha256 for sha256, _type, _name in wanted}, url="").order_by("-pk")
    keys = {
        (sha256, kind, name): key for key, sha256, kind, name in kept.values_list("pk", "sha256", "media_type", "name")
    }
    new = [identity for identity in wanted if identity not in keys]
    [new_keys] = next_keys([(Capture, len(new))])
    written = {"created_by_id": by.pk, "created_at": at}
    with Rows(Capture, "id", "uid", "content", "sha256", "media_type", "name", **written) as rows:
        for identity, key, uid in zip(new, new_keys, new_uids(len(new)), strict=True):
            sha256, media_type, name = identity
            rows.add(str(key), uid, coded(wanted[identity].content), sha256, coded(media_type), coded(name))
    return keys | dict(zip(new, new_keys, strict=True))


def _write_articles(pieces: Sequence[Piece], written: Sequence[Written], *, by: AbstractUser, at: datetime) -> None:
    rows = Rows(
        Article,
        *("id", "uid", "head_id", "slug", *FACTS),
        state=ArticleState.INCOMING.value,
        came_unattended=True,
        received_at=at,
        created_by_id=by.pk,
        created_at=at,
    )
    with rows:
        for piece, one in zip(pieces, written, strict=True):
            facts = facts_in(_said_of_itself(piece.incoming))
            slug = readable_slug(piece.incoming.headline, one.uid)
            named = (str(one.article), one.uid.hex, str(one.revision), slug)
            rows.add(*named, *(coded(facts[column]) for column in FACTS))


def _said_of_itself(incoming: IncomingArticle) -> dict[str, object]:
    """The keys of the record that fill columns; the whole record would cost its text and its judgements."""
    said = {key: getattr(incoming, key) for key in FACTS.values()}
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in said.items()}


def _write_revisions(pieces: Sequence[Piece], written: Sequence[Written], *, by: AbstractUser, at: datetime) -> None:
    rows = Rows(
        Revision,
        *("id", "uid", "article_id", "headline", "blocks", "text", "text_sha256", "removed", "capture_id"),
        number=1,
        created_by_id=by.pk,
        created_at=at,
    )
    with rows:
        for piece, one, uid in zip(pieces, written, new_uids(len(pieces)), strict=True):
            blocks = coded_json([block.to_json() for block in piece.incoming.blocks])
            rows.add(
                *(str(one.revision), uid, str(one.article), coded(piece.incoming.headline)),
                *(blocks, coded(one.text), sha256_of(one.text)),
                *(coded_json(removed_lines_of(piece.incoming)), str(one.capture)),
            )


def _write_intakes(pieces: Sequence[Piece], written: Sequence[Written], *, by: AbstractUser, at: datetime) -> None:
    rows = Rows(Intake, "uid", "capture_id", "reader", "article_id", "errors", created_by_id=by.pk, created_at=at)
    with rows:
        for piece, one, uid in zip(pieces, written, new_uids(len(pieces)), strict=True):
            errors = [*piece.incoming.errors, *(cut_short(piece.incoming) if _is_cut(piece.incoming) else ())]
            rows.add(uid, str(one.capture), coded(piece.reader), str(one.article), coded(errors))


def _is_cut(incoming: IncomingArticle) -> bool:
    return any(longest is not None and len(getattr(incoming, key)) > longest for key, longest in LIMITS.items())


def write_spans(places: Sequence[tuple[Written, Place]], *, by: AbstractUser, at: datetime) -> list[int]:
    """Mark words of articles just written, as :func:`articles.operations.spans.mark_spans` does; returns the keys.

    The database looks whether each span has a current anchor when the spans are in, and whether its words stand in the
    text when the anchors are, so they come in this order.
    """
    spans, anchors = next_keys([(Span, len(places)), (Anchor, len(places))])
    span_keys, anchor_keys = list(map(str, spans)), list(map(str, anchors))
    revisions = [str(one.revision) for one, _place in places]
    with Rows(CurrentAnchor, "span_id", "revision_id", "anchor_id") as rows:
        for row in zip(span_keys, revisions, anchor_keys, strict=True):
            rows.add(*row)
    with Rows(Span, "id", "uid", "article_id", created_by_id=by.pk, created_at=at) as rows:
        for (one, _place), key, uid in zip(places, span_keys, new_uids(len(places)), strict=True):
            rows.add(key, uid, str(one.article))
    words = (place for _one, place in places)
    _write_anchors(list(zip(anchor_keys, span_keys, revisions, words, strict=True)), by=by, at=at)
    return spans


def _write_anchors(anchors: Sequence[tuple[str, str, str, Place]], *, by: AbstractUser, at: datetime) -> None:
    """The first anchors of spans: their keys, those of their spans and revisions, and where they stand."""
    rows = Rows(
        Anchor,
        *("id", "uid", "span_id", "revision_id", "start", "end", "exact", "prefix", "suffix"),
        state=AnchorState.ANCHORED.value,
        reason="marked",
        created_by_id=by.pk,
        created_at=at,
    )
    with rows:
        for (key, span, revision, place), uid in zip(anchors, new_uids(len(anchors)), strict=True):
            words = (coded(place.exact), coded(place.prefix), coded(place.suffix))
            rows.add(key, uid, span, revision, str(place.start), str(place.end), *words)


def fingerprint_missing(*, first: int, last: int) -> int:
    """Give the revisions with keys from ``first`` to ``last`` the fingerprints they lack; returns how many.

    Whoever does the same at the same time does it in vain, not wrongly.
    """
    wanted = Revision.objects.filter(pk__gte=first, pk__lte=last, fingerprint=None).only("pk", "text")
    made = Fingerprint.objects.bulk_create([fingerprint_of(revision) for revision in wanted], ignore_conflicts=True)
    return len(made)
