"""What is stored after a claim was judged, and bears on it: its verdict may not have known of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from annotations.bearing import LEAST, Reading, bearing_of, is_telling, read_followers, read_statement, words_of
from annotations.models import CheckState, Claim, Evidence, FactCheck, LaterSource
from articles.models import Snapshot
from articles.search.configuration import FOLDED, configuration_for, readable
from articles.search.folding import folded_words

MOST_CLAIMS = 2_000
LEXEMES = """
SELECT tsvector_to_array(to_tsvector(%s::regconfig, given.text))
FROM unnest(%s::text[]) WITH ORDINALITY AS given (text, place) ORDER BY given.place
"""


def note_later_sources(*, snapshot: UUID) -> int:
    """Note for which judged claims a text that has just been stored may say something new. Doing so twice is once.

    Claims that cite the same source are left out: their verdict is stale where that source says something else.

    :param snapshot: the uid of the text.
    :returns: how many claims it was noted for.
    """
    stored = Snapshot.objects.select_related("source").get(uid=snapshot)
    candidates = list(_judged_before(stored)[:MOST_CLAIMS])
    if not candidates:
        return 0
    config = configuration_for(stored.source.language, stored.text)
    passages = list(stored.passages.order_by("position"))
    texts = [f"{stored.source.title}\n{passage.text}" for passage in passages]
    read = [
        Reading(lexemes=frozenset(lexemes), followers=read_followers(text))
        for text, lexemes in zip(texts, _lexemes(texts, config), strict=True)
    ]
    statements = [read_statement(claim.canonical, language=claim.article.language) for claim in candidates]
    searched = _searched({word for statement in statements for word in statement.words}, config)
    noted = []
    for claim, statement in zip(candidates, statements, strict=True):
        found = [(*bearing_of(statement, text, searched), place) for place, text in enumerate(read)]
        best, shared, place = max(found, key=lambda each: (each[0], -each[2]), default=(0.0, set(), 0))
        if best < LEAST:
            continue
        noted.append(
            LaterSource(
                claim=claim,
                snapshot=stored,
                start=passages[place].start,
                end=passages[place].end,
                words=_as_they_stand(texts[place], shared, config),
                created_at=stored.created_at,
            )
        )
    return len(LaterSource.objects.bulk_create(noted, ignore_conflicts=True))


@transaction.atomic
def put_later_source_aside(*, later: LaterSource, by: AbstractUser, at: datetime) -> LaterSource:
    """Say that a later text says nothing new about the claim. Doing so twice is once; the first one's name stands."""
    LaterSource.objects.filter(pk=later.pk, aside_at=None).update(aside_by=by, aside_at=at)
    later.refresh_from_db()
    return later


def _judged_before(stored: Snapshot) -> Any:
    """Claims with a verdict that was written before, one of whose words is a name or a figure of the new text."""
    text = f"{stored.source.title}\n\n{stored.text}"
    named = {word.text for word in words_of(text) if word.is_capital and is_telling(word.text)}
    if not named:
        return Claim.objects.none()
    query = SearchQuery(" | ".join(f"'{word}'" for word in sorted(named)), config="simple", search_type="raw")
    judged = (
        FactCheck.objects.filter(claim=OuterRef("pk"), written_at__lt=stored.created_at)
        .exclude(verdict="")
        .exclude(state=CheckState.WITHDRAWN)
    )
    cited = Evidence.objects.attached().filter(claim=OuterRef("pk"), snapshot__source=stored.source_id)
    return (
        Claim.objects.live()
        .filter(Exists(judged), ~Exists(cited), words=query)
        .select_related("article")
        .order_by("-pk")
    )


def _as_they_stand(text: str, shared: set[str], configuration: str) -> list[str]:
    """The words of a text that are searched as one of ``shared``, in the order in which they stand there first."""
    standing = {word.text: word.standing for word in reversed([*words_of(text)])}
    searched = _searched(standing, configuration)
    return [word for each, word in reversed(standing.items()) if searched[each] & shared]


def _searched(words: Iterable[str], configuration: str) -> Mapping[str, frozenset[str]]:
    """Each word as it is searched; nothing for those that are not."""
    each = list(words)
    return dict(zip(each, map(frozenset, _lexemes(each, configuration)), strict=True))


def _lexemes(texts: Sequence[str], configuration: str) -> list[set[str]]:
    """The words of each text as they are searched."""
    if configuration == FOLDED:
        return [{lexeme for word in folded_words(text) for lexeme in word.lexemes[-1:]} for text in texts]
    with connection.cursor() as cursor:
        cursor.execute(LEXEMES, [configuration, [readable(text) for text in texts]])
        return [set(row[0]) for row in cursor.fetchall()]
