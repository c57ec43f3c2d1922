"""By what exports are narrowed, for pages, API and command alike, and the query that does it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet

from annotations.exports.record import COLUMNS
from articles.models import Article
from articles.permissions import articles_with_text_for

if TYPE_CHECKING:
    from articles.permissions import Person

BLOCK = 64  # bytes that HMAC-SHA-256 works on at once (RFC 2104)


@dataclass(frozen=True, slots=True)
class ExportFilters:
    """By what an export is narrowed. Moments are from ``since``, before ``until``.

    :ivar layer: quotes, claims or bias tags; ``kind`` what kind of a quote or a claim.
    :ivar codebook: its name and its number; ``category`` a slug of any codebook.
    :ivar state: where an annotation stands: an anchor's state.
    :ivar status: how far the check is that a verdict comes from; ``verdict`` what it says.
    :ivar language: of the article, with all its regions.
    :ivar origin: where it comes from.
    :ivar only_human: leave out all that a machine proposed first.
    :ivar anonymous: give annotators pseudonyms that hold within this export and lead nowhere.
    """

    article: UUID | None = None
    layer: str = ""
    speaker: UUID | None = None
    category: str = ""
    since: datetime | None = None
    until: datetime | None = None
    outlet: str = ""
    annotator: UUID | None = None
    state: str = ""
    origin: str = ""
    only_human: bool = False
    kind: str = ""
    codebook: str = ""
    project: str = ""
    status: str = ""
    verdict: str = ""
    language: str = ""
    anonymous: bool = False

    def given(self) -> dict[str, str]:
        """The filters that are set, as the parameters of an address."""
        said: dict[str, str] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if value not in (None, "", False):
                written = value.isoformat() if isinstance(value, datetime) else str(value)
                said[each.name] = "1" if value is True else written
        return said

    @classmethod
    def of(cls, given: dict[str, str]) -> ExportFilters:
        """The filters that :meth:`given` wrote."""
        kept: dict[str, Any] = {}
        for name, value in given.items():
            if name in {"article", "speaker", "annotator"}:
                kept[name] = UUID(value)
            elif name in {"since", "until"}:
                kept[name] = datetime.fromisoformat(value)
            else:
                kept[name] = value == "1" if name in {"only_human", "anonymous"} else value
        return cls(**kept)

    def narrow_marks(self) -> bool:
        """Whether they ask anything of marks, so that an article without any does not answer."""
        return any(name in CONDITIONS and getattr(self, name) not in (None, "", False) for name in self.given())


# Each filter of marks as a condition over ``export_marks``. A further one is a line here and a field above.
CONDITIONS: dict[str, str] = {
    "layer": "type = %s",
    "speaker": "speaker_uid = %s::text",
    "category": "category = %s",
    "since": "made_at >= %s",
    "until": "made_at < %s",
    "annotator": "annotator_uid = %s::text",
    "state": "state = %s",
    "origin": "origin = %s",
    "only_human": "(origin = 'human') = %s",
    "kind": "kind = %s",
    "codebook": "codebook = %s",
    "project": "project = %s",
    "status": "check_state = %s",
    "verdict": "verdict = %s",
}


def articles_answering(person: Person, filters: ExportFilters) -> QuerySet[Article]:
    """The articles whose words may leave the desk with this person and that fit what is asked of articles."""
    articles = articles_with_text_for(person)
    if filters.article is not None:
        articles = articles.filter(uid=filters.article)
    if filters.outlet:
        articles = articles.filter(outlet=filters.outlet)
    if filters.language:
        regional = Q(language__istartswith=f"{filters.language}-")
        articles = articles.filter(Q(language__iexact=filters.language) | regional)
    return articles


class Rows:
    """The query for the records of some articles, for one export.

    The function holds the marks of the desk alone. Those of a study leave with its own releases, so that nothing of
    them reaches whoever reads blind.
    """

    def __init__(self, filters: ExportFilters, *, key: bytes) -> None:
        """:param key: of the pseudonyms of this export."""
        self._values: list[Any] = []
        conditions = ["true"]
        for name, condition in CONDITIONS.items():
            value = getattr(filters, name)
            if value not in (None, "", False):
                conditions.append(condition)
                self._values.append(value)
        columns = ", ".join(_pseudonym(column, key) if filters.anonymous else f'"{column}"' for column in COLUMNS)
        order = 'article_id, start NULLS FIRST, "end", type, uid'
        self._query = (
            f"SELECT {columns} FROM export_marks(%s::bigint[]) WHERE {' AND '.join(conditions)} ORDER BY {order}"  # noqa: S608
        )

    def of(self, articles: Sequence[int]) -> tuple[str, list[Any]]:
        """The query and its parameters, in the order of articles and of their text."""
        return self._query, [list(articles), *self._values]


def _pseudonym(column: str, key: bytes) -> str:
    """The column, or what stands in its place where it says who somebody is: HMAC-SHA-256 of their uid."""
    if column not in {"annotator", "annotator_uid", "reading"}:
        return f'"{column}"'
    padded = key.ljust(BLOCK, b"\0") if len(key) <= BLOCK else hashlib.sha256(key).digest().ljust(BLOCK, b"\0")
    inner, outer = (bytes(each ^ pad for each in padded).hex() for pad in (0x36, 0x5C))
    source = "reading" if column == "reading" else "annotator_uid"
    words = f"encode(sha256('\\x{outer}'::bytea || sha256('\\x{inner}'::bytea || convert_to({source}, 'UTF8'))), 'hex')"
    shown = f"'annotator ' || left({words}, 8)" if column == "annotator" else f"left({words}, 32)::uuid::text"
    return f'{shown} AS "{column}"'
