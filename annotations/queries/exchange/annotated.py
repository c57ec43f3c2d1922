"""What a person may know of as annotations in the words of the W3C: named ones, and all of them in pages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from annotations.exports.desk import ANNOTATIONS
from annotations.exports.web_annotation import FIRST, PER_PAGE
from annotations.permissions import visible_bias_tags, visible_claims, visible_desk_verdicts, visible_evidence
from annotations.queries.exchange.travelling import statements
from articles.permissions import articles_with_text_for, visible_quotes

if TYPE_CHECKING:
    from articles.permissions import Person


class NoSuchPage(LookupError):
    """Nothing is called as the page says that it begins after."""


@dataclass(frozen=True, slots=True)
class AnnotationsPage:
    """Records of :mod:`annotations.exports.desk`; ``following`` names the page after it, and is empty on the last."""

    records: Sequence[dict[str, Any]]
    following: str


def annotations_named(person: Person, kind: str, uids: Sequence[str]) -> list[dict[str, Any]]:
    """Records of one type, in the order of ``uids``, without those that nobody may take out."""
    kinds = [each for each in ANNOTATIONS if each.type == kind]
    column = {"evidence": "e", "verdict": "w"}.get(kind, "m")
    [(select, bound)] = statements(person, kinds=kinds, only=(column, "SELECT unnest(%s::uuid[])", [list(uids)]))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT row_to_json(record)::text FROM ({select}) AS record", bound)  # noqa: S608
        found = {record["uid"]: record for (row,) in cursor.fetchall() for record in [json.loads(row)]}
    return [found[uid] for uid in uids if uid in found]


def annotations_page(person: Person, *, page: str = FIRST, article: UUID | None = None) -> AnnotationsPage:
    """A page of all that stands: quotes, claims, bias tags, evidence, verdicts, each as they were made.

    A page is named by what it begins after, so that the ten-thousandth costs as much as the first.

    :param article: only what is about this one.
    :raises NoSuchPage: when there is nothing of that name.
    """
    kind, after = _beginning(page)
    records: list[dict[str, Any]] = []
    coming = _standing(person, article)
    for name in list(coming)[list(coming).index(kind) :]:
        room = PER_PAGE - len(records)
        nouns = coming[name].order_by("pk")
        if name == kind and after:
            last = coming[name].model._default_manager.filter(uid=after).values_list("pk", flat=True).first()
            if last is None:
                raise NoSuchPage(page)
            nouns = nouns.filter(pk__gt=last)
        uids = [str(uid) for uid in nouns.values_list("uid", flat=True)[: room + 1]]
        records += annotations_named(person, name, uids[:room])
        if len(uids) > room:
            return AnnotationsPage(records, f"{name}.{uids[room - 1]}" if room else f"{name}.")
    return AnnotationsPage(records, "")


def count_annotations(person: Person, article: UUID) -> int:
    """How many there are of an article."""
    return sum(nouns.count() for nouns in _standing(person, article).values())


def _beginning(page: str) -> tuple[str, UUID | None]:
    if page == FIRST:
        return ANNOTATIONS[0].type, None
    kind, _dot, uid = page.partition(".")
    if kind not in {each.type for each in ANNOTATIONS}:
        raise NoSuchPage(page)
    try:
        return kind, UUID(uid) if uid else None
    except ValueError as error:
        raise NoSuchPage(page) from error


def _standing(person: Person, article: UUID | None) -> Mapping[str, QuerySet[Any]]:
    """What stands, in the order of :data:`ANNOTATIONS`; of articles whose words may leave the desk."""
    articles = articles_with_text_for(person)
    if article is not None:
        articles = articles.filter(uid=article)
    of_claims = {"claim__article__in": articles}
    return {
        "quote": visible_quotes(person).live().filter(article__in=articles),
        "claim": visible_claims(person).live().filter(article__in=articles),
        "bias_tag": visible_bias_tags(person).live().filter(article__in=articles),
        "evidence": visible_evidence(person).attached().filter(**of_claims),
        "verdict": visible_desk_verdicts(person).filter(**of_claims),
    }
