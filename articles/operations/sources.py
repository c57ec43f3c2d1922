from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import connection, transaction

from articles.anchoring.passages import passages_of
from articles.anchoring.text import normalise, sha256_of
from articles.models import Access, Capture, Passage, Rights, Snapshot, Source, SourceAdmission
from articles.operations.jobs import enqueue
from articles.operations.passagewords import index_passages, index_source_anew
from articles.operations.quotedwords import keep_passages

STORED = "articles.text_stored"  # the job that looks what a text says to what was judged before it was stored
INSERT_PASSAGES = """
INSERT INTO articles_passage (snapshot_id, position, start, "end", text)
SELECT %s, given.number - 1, given.first, given.last, given.text
FROM unnest(%s::int[], %s::int[], %s::text[]) WITH ORDINALITY AS given (first, last, text, number)
RETURNING position, id
"""
CHANGEABLE = frozenset(
    {
        "title",
        "publisher",
        "kind",
        "url",
        "url_note",
        "published_date",
        "obtained_from",
        "interests",
        "language",
        "rights",
        "rights_terms",
        "rights_end_date",
    }
)


class SourceTextMissing(Exception):
    """A snapshot without a word in it."""


class NothingNew(Exception):
    """The text says what the newest snapshot says, so there is nothing to store.

    :ivar newest: its number.
    """

    def __init__(self, newest: int) -> None:
        self.newest = newest
        super().__init__(f"The text is the same as in snapshot {newest}, so nothing was stored.")


@transaction.atomic
def store_source(
    *,
    title: str,
    text: str,
    basis: str,
    by: AbstractUser,
    at: datetime,
    publisher: str = "",
    kind: str = "",
    url: str = "",
    url_note: str = "",
    published_date: date | None = None,
    obtained_from: str = "",
    interests: str = "",
    language: str = "",
    rights: str = Rights.UNKNOWN,
    note: str = "",
    capture: Capture | None = None,
    is_demonstration: bool = False,
) -> Source:
    """Store a document with its text, searchable when the transaction ends.

    :raises SourceTextMissing: when ``text`` has no word in it.
    :raises TextRefused: when it has characters that no text has.
    """
    source = Source.objects.create(
        title=title,
        publisher=publisher,
        kind=kind,
        url=url,
        url_note=url_note,
        published_date=published_date,
        obtained_from=obtained_from,
        interests=interests,
        language=language,
        rights=rights,
        is_demonstration=is_demonstration,
        created_by_id=by.pk,
        created_at=at,
    )
    # Nobody else knows the source yet, so there is neither an earlier text nor somebody to wait for.
    _store_snapshot(source, _words_of(text), number=1, basis=basis, note=note, capture=capture, by=by, at=at)
    return source


@transaction.atomic
def capture_snapshot(
    *,
    source: Source,
    text: str,
    basis: str,
    by: AbstractUser,
    at: datetime,
    note: str = "",
    capture: Capture | None = None,
) -> Snapshot:
    """Store the text of a source as it is now, cut into passages. Earlier snapshots stay; evidence rests on them.

    What holds the source's own words is found by them where quotes report the same. A job looks what was judged before.

    :raises NothingNew: when the newest snapshot holds this very text on this basis.
    :raises SourceTextMissing: when ``text`` has no word in it.
    :raises TextRefused: when it has characters that no text has.
    """
    text = _words_of(text)
    # Two captures of one source at once must not take one number.
    Source.objects.select_for_update().get(pk=source.pk)
    newest = source.snapshots.order_by("-number").values("number", "text_sha256", "basis").first()
    sha256 = sha256_of(text)
    if newest and (newest["text_sha256"], newest["basis"]) == (sha256, basis):
        raise NothingNew(newest["number"])
    number = newest["number"] + 1 if newest else 1
    return _store_snapshot(source, text, number=number, basis=basis, note=note, capture=capture, by=by, at=at)


def _words_of(text: str) -> str:
    text = normalise(text).strip()
    if not text:
        raise SourceTextMissing("A source needs its text. Paste the passage you rely on.")
    return text


def _store_snapshot(
    source: Source,
    text: str,
    *,
    number: int,
    basis: str,
    note: str,
    capture: Capture | None,
    by: AbstractUser,
    at: datetime,
) -> Snapshot:
    snapshot = Snapshot.objects.create(
        source=source,
        number=number,
        text=text,
        text_sha256=sha256_of(text),
        basis=basis,
        note=note,
        capture=capture,
        captured_at=at,
        created_by_id=by.pk,
        created_at=at,
    )
    passages = _cut(snapshot)
    index_passages(passages, language=source.language)
    if snapshot.is_verbatim:
        keep_passages(passages)
    enqueue(STORED, snapshot=str(snapshot.uid))
    return snapshot


def _cut(snapshot: Snapshot) -> list[Passage]:
    """Store the passages of a text in one statement; Django takes as long to write that as PostgreSQL to obey it."""
    ranges = passages_of(snapshot.text)
    texts = [snapshot.text[start:end] for start, end in ranges]
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT_PASSAGES, [snapshot.pk, [start for start, _end in ranges], [end for _start, end in ranges], texts]
        )
        keys = dict(cursor.fetchall())
    return [
        Passage(pk=keys[position], snapshot=snapshot, position=position, start=start, end=end, text=texts[position])
        for position, (start, end) in enumerate(ranges)
    ]


@transaction.atomic
def change_source(*, source: Source, seen: int, by: AbstractUser, at: datetime, **values: Any) -> Source:
    """Change what is known of a document, not its text. In another language its words are read anew for the search.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises TypeError: for a field that is not in :data:`CHANGEABLE`.
    """
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise TypeError(f"not a changeable field of a source: {', '.join(sorted(unknown))}")
    language = source.language
    changed = source.change(seen=seen, **values)
    if changed.language != language:
        index_source_anew(changed)
    return changed


@transaction.atomic
def restrict_source(
    *, source: Source, reason: str, people: Collection[AbstractUser], seen: int, by: AbstractUser, at: datetime
) -> Source:
    """Keep a source to named people, whoever restricts it among them. For anyone else it no longer exists.

    :raises Stale: when somebody changed it since version ``seen``.
    """
    source.change(seen=seen, access=Access.RESTRICTED, access_reason=reason)
    source.admissions.all().delete()
    SourceAdmission.objects.bulk_create(
        SourceAdmission(source=source, person_id=person, created_by_id=by.pk, created_at=at)
        for person in sorted({person.pk for person in people} | {by.pk})
    )
    return source
