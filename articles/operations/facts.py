"""What copy says of itself beside its text, as the columns of an article."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from articles.ingest.record import IncomingArticle
from articles.models import Article, DateBasis

# A column of Article -> the key of the record (docs/reference/intake.md) that fills it.
FACTS: Final[Mapping[str, str]] = {
    "language": "language",
    "outlet": "outlet",
    "byline": "byline",
    "dateline": "dateline",
    "credit": "credit",
    "section": "section",
    "canonical_url": "canonical_url",
    "published_at": "published_at",
    "date_basis": "date_basis",
    "embargo_until": "embargoed_until",
    "editor_note": "editor_note",
    "usage_terms": "usage_terms",
}
MOMENTS: Final = frozenset({"published_at", "embargo_until"})
# What means something else or nothing when it is cut short.
WHOLE_OR_NOT: Final = frozenset({"language", "canonical_url"})


def facts_of(incoming: IncomingArticle) -> dict[str, Any]:
    """The columns that a piece fills as it comes in. Values too long for their column are cut, with an ellipsis."""
    return facts_in(incoming.to_json())


def facts_in(record: Mapping[str, Any]) -> dict[str, Any]:
    """As :func:`facts_of`, of a record that was stored as JSON."""
    facts = {column: _value(column, record.get(key)) for column, key in FACTS.items()}
    facts["date_basis"] = _basis(facts)
    return facts


def cut_short(incoming: IncomingArticle) -> list[str]:
    """A sentence for each value that does not fit into its column whole."""
    record, facts = incoming.to_json(), facts_of(incoming)
    long = [key for column, key in FACTS.items() if isinstance(record[key], str) and _is_cut(column, record, facts)]
    return [f"{key} is too long to be kept whole; the file it came in has all of it." for key in long]


def _is_cut(column: str, record: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    longest = _longest(column)
    return longest is not None and len(record[FACTS[column]]) > longest and facts[column] != record[FACTS[column]]


def merge_facts(article: Article, *, before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """What of an article changes when its provider says ``now`` instead of ``before``.

    What people changed here stays. An embargo is an exception: of theirs and a new one of the provider the later holds.
    """
    changed = {column for column in FACTS if now[column] != before[column]}
    ours = {column for column in FACTS if getattr(article, column) != before[column]}
    merged = {column: now[column] for column in changed - ours}
    if "embargo_until" in changed & ours:
        known = [moment for moment in (article.embargo_until, now["embargo_until"]) if moment is not None]
        merged["embargo_until"] = max(known, default=None)
    if {"published_at", "date_basis"} & ours:
        # A date and how it is known belong together.
        merged.pop("published_at", None)
        merged.pop("date_basis", None)
    return {column: value for column, value in merged.items() if getattr(article, column) != value}


def _value(column: str, value: Any) -> Any:
    if column in MOMENTS:
        return datetime.fromisoformat(value) if value else None
    text, longest = str(value or ""), _longest(column)
    if longest is None or len(text) <= longest:
        return text
    return "" if column in WHOLE_OR_NOT else text[: longest - 1] + "…"


def _longest(column: str) -> int | None:
    field: Any = Article._meta.get_field(column)
    length: int | None = field.max_length
    return length


def _basis(facts: Mapping[str, Any]) -> str:
    """A date has a basis, and without a date there is none."""
    if facts["published_at"] is None:
        return DateBasis.UNKNOWN
    return DateBasis.STATED if facts["date_basis"] == DateBasis.STATED else DateBasis.INFERRED
