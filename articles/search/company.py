"""In what company speakers were quoted before: beside whom, in which outlet, in which language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from articles.models import Origin, Quote, Speaker
from articles.models.statement import written_once
from articles.naming.ranking import ALONE, Company
from articles.permissions import Asker, roles_of, visible_quotes

if TYPE_CHECKING:
    from articles.permissions import Person

MOST_BESIDE = 20
# The latest articles with one of the others of a text, and with all of them, in which others are looked for.
MOST_OF_ONE, MOST_ARTICLES = 40, 200


@dataclass(frozen=True, slots=True)
class Setting:
    """Where mentions stand: the outlet and the language of the article, either may be unknown (empty)."""

    outlet: str = ""
    language: str = ""


NOWHERE = Setting()


def met_beside(others: Mapping[int, str], person: Person) -> dict[int, str]:
    """Who was quoted beside others of a text, with the name of one of those, by their latest articles, in turn.

    Three queries, each by an index, however much anybody was quoted.
    """
    if not others:
        return {}
    voices = list(others)[:MOST_BESIDE]
    voice_of = {key: key for key in voices} | dict(_former(voices))
    asker, roles = person.pk or 0, roles_of(person)
    latest = _latest_of.together([(voice, asker) for voice in voice_of], roles=roles)
    in_turn = (row for rows in zip_longest(*latest) for row in rows if row is not None)
    spoke = dict(islice(in_turn, MOST_ARTICLES))
    met: dict[int, str] = {}
    for article, voice in _heard_in(list(spoke), asker, roles=roles) if spoke else ():
        other = voice_of[spoke[article]]
        if voice != other:
            met.setdefault(voice, others[other])
    return met


def company_of(keys: Collection[int], met: Mapping[int, str], setting: Setting, person: Person) -> dict[int, Company]:
    """In what company some speakers were quoted before, without those of whom nothing is known.

    One query, or none where nothing is known of the text.
    """
    company = {key: Company(met[key]) for key in keys if key in met}
    if setting == NOWHERE or not keys:
        return company
    rows = _circles(
        list(keys),
        setting.outlet,
        setting.language,
        person.pk or 0,
        roles=roles_of(person),
        by_outlet=bool(setting.outlet),
        by_language=bool(setting.language),
    )
    for voice, in_outlet, in_language in rows:
        if in_outlet or in_language:
            known = company.get(voice, ALONE)
            company[voice] = Company(known.beside, known.in_outlet or in_outlet, known.in_language or in_language)
    return company


@written_once
def _former(voices: list[int]) -> QuerySet[Speaker, Any]:
    """Those merged into others, with whom they were merged into."""
    return Speaker.objects.filter(merged_into__pk__among=voices).values_list("pk", "merged_into")


@written_once
def _latest_of(voice: int, person: int, *, roles: frozenset[str]) -> QuerySet[Quote, Any]:
    """The latest articles in which somebody was quoted, with who it was."""
    theirs = _decided(person, roles).filter(speaker=voice).order_by("-created_at", "pk")
    return theirs.values_list("article", "speaker")[:MOST_OF_ONE]


@written_once
def _heard_in(articles: list[int], person: int, *, roles: frozenset[str]) -> QuerySet[Quote, Any]:
    """Everybody quoted in some articles, as they are known now, in the order of articles and quotes."""
    there = _decided(person, roles).filter(article__pk__among=articles).exclude(speaker=None).order_by("article", "pk")
    return there.values_list("article", Coalesce("speaker__merged_into", "speaker"))


@written_once
def _circles(
    keys: list[int],
    outlet: str = "",
    language: str = "",
    person: int = 0,
    *,
    roles: frozenset[str],
    by_outlet: bool,
    by_language: bool,
) -> QuerySet[Speaker, Any]:
    """For each name of some speakers, former ones too, whether they were quoted in an outlet and in a language."""
    quotes = _decided(person, roles).filter(speaker=OuterRef("pk"))
    in_outlet = Exists(quotes.filter(article__outlet=outlet)) if by_outlet else Value(False)
    in_language = Exists(quotes.filter(article__language=language)) if by_language else Value(False)
    named = Speaker.objects.filter(Q(pk__among=keys) | Q(merged_into__pk__among=keys))
    return named.values_list(Coalesce("merged_into", "pk"), in_outlet, in_language)


def _decided(person: int, roles: frozenset[str]) -> QuerySet[Quote, Any]:
    """Quotes that stand and that somebody decided."""
    quotes: QuerySet[Quote, Any] = visible_quotes(Asker(person, roles)).live().exclude(origin=Origin.SUGGESTED)
    return quotes
