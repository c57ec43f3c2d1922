"""What is stored after a claim was judged, and shares its telling words: its verdict may not have known of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from annotations.models import CheckState, Claim, Evidence, FactCheck, LaterSource
from articles.models import Snapshot
from articles.search.configuration import configuration_for

# Of the weight of a claim's words, how much a later text must share; names and figures weigh double, and one of them
# must be among what is shared. Set on the sample: its twelfth source against its ninth claim.
LEAST_SHARE = 0.25
FEWEST_WORDS = 2
_NAME_WEIGHT = 2
_WORD = re.compile(r"[^\W_]+(?:[.,’'-][^\W_]+)*")
_BEGINS = re.compile(r"(?:\A|[.!?…:»”\"\n])\s*[«“„\"(]*\Z")
# Days of a month and years stand in most texts of their time.
_SMALL, _YEARS = 31, range(1900, 2100)
MOST_CLAIMS = 2_000


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
    config = configuration_for(stored.source.language)
    passages = list(stored.passages.order_by("position"))
    title = stored.source.title
    texts = _lexemes([f"{title} {passage.text}" for passage in passages], config)
    claims = _lexemes([claim.canonical for claim in candidates], config)
    names = _lexemes([" ".join(names_in(claim.canonical)) for claim in candidates], config)
    noted = []
    for claim, words, named in zip(candidates, claims, names, strict=True):
        shares = [(share_of(words, named, text), place) for place, text in enumerate(texts)]
        best, place = max(shares, key=lambda pair: (pair[0], -pair[1]), default=(0.0, 0))
        if best < LEAST_SHARE:
            continue
        noted.append(
            LaterSource(
                claim=claim,
                snapshot=stored,
                start=passages[place].start,
                end=passages[place].end,
                words=_as_they_stand(f"{title} {passages[place].text}", words & texts[place], config),
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
    named = {word.casefold() for word in names_in(f"{stored.source.title}\n\n{stored.text}", all_words=True)}
    if not named:
        return Claim.objects.none()
    query = SearchQuery(" | ".join(f"'{word}'" for word in sorted(named)), config="simple", search_type="raw")
    judged = (
        FactCheck.objects.filter(claim=OuterRef("pk"), written_at__lt=stored.created_at)
        .exclude(verdict="")
        .exclude(state=CheckState.WITHDRAWN)
    )
    cited = Evidence.objects.attached().filter(claim=OuterRef("pk"), snapshot__source=stored.source_id)
    return Claim.objects.live().filter(Exists(judged), ~Exists(cited), words=query).order_by("-pk")


def names_in(text: str, *, all_words: bool = False) -> list[str]:
    """Words with a capital inside a sentence, and figures that are no day and no year.

    :param all_words: also those with a capital that begin a sentence, where more is better than less.
    """
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].isdigit():
            if not _is_of_a_date(word):
                found.append(word)
        elif word[0].isupper() and (all_words or not _BEGINS.search(text[: match.start()])):
            found.append(word)
    return [piece for word in found for piece in re.findall(r"[^\W_]+", word)]


def _is_of_a_date(word: str) -> bool:
    return word.isdecimal() and (int(word) <= _SMALL or int(word) in _YEARS)


def share_of(words: set[str], named: set[str], text: set[str]) -> float:
    """How much of the weight of a claim's words a text shares, from 0 to 1; 0 where too little is telling."""
    shared = words & text
    if len(shared) < FEWEST_WORDS or not shared & named:
        return 0.0
    weight = sum(_NAME_WEIGHT if word in named else 1 for word in words)
    return sum(_NAME_WEIGHT if word in named else 1 for word in shared) / weight


def _as_they_stand(text: str, shared: set[str], configuration: str) -> list[str]:
    """The words of a text that are searched as one of ``shared``, in the order in which they stand there first."""
    standing = list(dict.fromkeys(_WORD.findall(text)))
    searched = _lexemes(standing, configuration)
    return [word for word, each in zip(standing, searched, strict=True) if each & shared]


def _lexemes(texts: Sequence[str], configuration: str) -> list[set[str]]:
    """The words of each text as they are searched."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvector_to_array(to_tsvector(%s::regconfig, given.text)) "
            "FROM unnest(%s::text[]) WITH ORDINALITY AS given (text, place) ORDER BY given.place",
            [configuration, list(texts)],
        )
        return [set(row[0]) for row in cursor.fetchall()]
