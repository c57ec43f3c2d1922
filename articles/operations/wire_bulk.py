"""The first messages of many conversations with wires at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import connection

from articles.models import Capture, Outcome, WireIdentity, WireItem
from articles.operations.bulk import Piece, Written
from articles.operations.rows import Rows, coded, coded_json, new_uids, next_keys
from articles.operations.wires import LONGEST_GUID, LONGEST_PROVIDER, STOPS, Arrival


def may_begin(piece: Piece) -> bool:
    """Whether a piece with a guid can be the first message of its conversation here: it stops nothing and fits."""
    come = piece.incoming
    return come.pub_status not in STOPS and len(come.guid) <= LONGEST_GUID and len(come.provider) <= LONGEST_PROVIDER


def hold_conversations(guids: Collection[str]) -> set[str]:
    """Hold conversations about these guids until the transaction ends; returns those that have begun.

    In the order of their names, so that nobody waits for somebody who waits for them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('wire ' || guid, 0)) "
            "FROM (SELECT unnest(%s::text[]) AS guid ORDER BY 1) AS held",
            [sorted(guids)],
        )
    return set(WireIdentity.objects.filter(guid__in=guids).values_list("guid", flat=True))


def begin_conversations(pieces: Sequence[Piece], written: Sequence[Written], *, by: AbstractUser, at: datetime) -> None:
    """Write down that these pieces became articles, for conversations that were held and have not begun."""
    [keys] = next_keys([(WireIdentity, len(pieces))])
    written_by = {"created_by_id": by.pk, "created_at": at}
    with Rows(WireIdentity, "id", "uid", "provider", "guid", "article_id", **written_by) as identities:
        for piece, one, key, uid in zip(pieces, written, keys, new_uids(len(pieces)), strict=True):
            come = piece.incoming
            identities.add(str(key), uid, coded(come.provider), coded(come.guid), str(one.article))
    items = Rows(
        WireItem,
        *("uid", "identity_id", "version", "pub_status", "record", "record_sha256", "capture_id"),
        *("article_id", "revision_id"),
        outcome=Outcome.CREATED.value,
        **written_by,
    )
    with items:
        for piece, one, key, uid in zip(pieces, written, keys, new_uids(len(pieces)), strict=True):
            come = piece.incoming
            arrival = Arrival(incoming=come, capture=Capture(pk=one.capture), reader=piece.reader, by=by, at=at)
            items.add(
                *(uid, str(key), coded(come.version), come.pub_status, coded_json(arrival.record(whole=False))),
                *(arrival.record_sha256, str(one.capture), str(one.article), str(one.revision)),
            )
