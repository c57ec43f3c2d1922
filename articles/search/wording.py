"""The same words elsewhere: quotes of other pieces and passages of stored sources, compared word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from articles.models import Passage, Quote, QuoteKind, Snapshot, Wording
from articles.models.statement import written_once
from articles.permissions import Asker, articles_with_text_for, roles_of, visible_quotes, visible_sources
from articles.search.windows import Window, windows_of
from articles.search.wordkeys import meet
from articles.wording import SERIOUSNESS, Comparison, Finding, Words, compare, run_keys

if TYPE_CHECKING:
    from articles.permissions import Person

# Alike words are compared once, and of different ones so many.
MOST_COMPARED = 30
MOST_SNAPSHOTS = 6
MOST_NAMED = 50
VERBATIM_KINDS = (QuoteKind.DIRECT, QuoteKind.MIXED)
LONG = ("text", "blocks", "removed")  # of a revision; nobody reads the whole text here


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where the words of a quote stand again, and what became of them there.

    Either ``quote`` is there, with its article, its newest revision without the text, and its speaker; or ``snapshot``
    of a source is; ``start`` and ``end`` say where in its text, in code points, half-open, and ``position`` in which
    passage. ``words`` are as reported there.
    """

    comparison: Comparison
    words: str
    quote: Quote | None = None
    snapshot: Snapshot | None = None
    position: int = 0
    start: int = 0
    end: int = 0

    @property
    def finding(self) -> Finding:
        return self.comparison.finding


class _Quoted(NamedTuple):
    """A quote that stands in the newest text of its piece, reduced to what a comparison asks for."""

    pk: int
    exact: str
    article: int
    start: int
    end: int
    speaker: int | None
    spoken: str
    wording: str
    printed: str

    @property
    def is_translation(self) -> bool:
        """Whether the printed words are not the spoken ones: somebody said so, or the languages do."""
        if self.wording == Wording.UNKNOWN:
            return _differ(self.spoken, self.printed)
        return self.wording == Wording.TRANSLATION

    def is_by_another_than(self, other: _Quoted) -> bool:
        return None not in {self.speaker, other.speaker} and self.speaker != other.speaker

    def overlaps(self, other: _Quoted) -> bool:
        return self.article == other.article and self.start < other.end and other.start < self.end


def same_words_elsewhere(quote: Quote, *, person: Person) -> list[Elsewhere]:
    """Where else the words of a direct or mixed quote are reported, as far as a person may know of it.

    The most serious finding first, then the likest. One query on an index meets what shares a run of words; what of it
    the person may know is compared (docs/explanation/quote-integrity.md). Nothing where the person may not read the
    quote, where it has no place in the newest text, or where it has fewer than four words.
    """
    ours = _quoted([quote.pk], person).get(quote.pk)
    keys = run_keys(ours.exact) if ours else []
    if ours is None or not keys:
        return []
    words, met = Words.of(ours.exact), meet(keys)
    found = _among_quotes(ours, words, met.quotes, person) + _among_sources(ours, words, met.passages, person)
    found.sort(key=lambda each: (SERIOUSNESS[each.finding], -each.comparison.likeness))
    return _with_quotes(found[:MOST_NAMED], person)


def _standing(person: Person) -> QuerySet[Quote]:
    """The quotes with words of their own whose words a person may read, where they stand in the newest text."""
    quotes = visible_quotes(person).live()
    return quotes.filter(
        article__in=articles_with_text_for(person),
        kind__in=VERBATIM_KINDS,
        span__current_anchors__revision=F("article__head"),
        span__current_anchors__anchor__start__isnull=False,
    )


@written_once
def _quoted_rows(quotes: list[int], person: int, *, roles: frozenset[str]) -> QuerySet[Quote, Any]:
    anchor = "span__current_anchors__anchor__"
    rows: QuerySet[Quote, Any] = (
        _standing(Asker(person, roles))
        .filter(pk__among=quotes)
        .values_list(
            "pk",
            f"{anchor}exact",
            "article_id",
            f"{anchor}start",
            f"{anchor}end",
            Coalesce("speaker__merged_into", "speaker"),
            "language",
            "wording",
            "article__language",
        )
    )
    return rows


def _quoted(quotes: Sequence[int], person: Person) -> dict[int, _Quoted]:
    """Of some quotes those whose words a person may read, by their keys."""
    rows = _quoted_rows(list(quotes), person.pk or 0, roles=roles_of(person)) if quotes else []
    return {row[0]: _Quoted._make(row) for row in rows}


def _among_quotes(ours: _Quoted, words: Words, met: Sequence[int], person: Person) -> list[Elsewhere]:
    """Quotes that report the same, without what was only marked twice at one place; ``quote`` has its key alone."""
    others = [key for key in met if key != ours.pk]
    readable = _quoted(others, person)
    compared: dict[tuple[str, bool, bool], Comparison] = {}
    found = []
    for theirs in (readable[key] for key in others if key in readable):
        kind = theirs.exact, ours.is_translation or theirs.is_translation, ours.is_by_another_than(theirs)
        if ours.overlaps(theirs) or (kind not in compared and len(compared) == MOST_COMPARED):
            continue
        if kind not in compared:
            exact, is_translation, is_other = kind
            compared[kind] = compare(words, exact, is_translation=is_translation, is_other_person=is_other)
        if compared[kind].finding != Finding.UNRELATED:
            found.append(Elsewhere(compared[kind], theirs.exact, quote=Quote(pk=theirs.pk)))
    return found


def _with_quotes(found: Sequence[Elsewhere], person: Person) -> list[Elsewhere]:
    """What was found, with the quotes and all that is said of them; what is gone meanwhile is left out."""
    named = [each.quote.pk for each in found if each.quote is not None]
    rows = _named_quotes(named, person.pk or 0, roles=roles_of(person)) if named else []
    loaded = {quote.pk: quote for quote in rows}
    return [
        each if each.quote is None else replace(each, quote=loaded[each.quote.pk])
        for each in found
        if each.quote is None or each.quote.pk in loaded
    ]


@written_once
def _named_quotes(quotes: list[int], person: int, *, roles: frozenset[str]) -> QuerySet[Quote]:
    related = _standing(Asker(person, roles)).select_related("article__head", "speaker__merged_into")
    return related.defer(*(f"article__head__{name}" for name in LONG)).filter(pk__among=quotes)


def _among_sources(ours: _Quoted, words: Words, met: Sequence[int], person: Person) -> list[Elsewhere]:
    """Sources in whose own words the same stands; each once for a finding, by its newest snapshot."""
    if not met:
        return []
    rows = _passage_rows(list(met), person.pk or 0, roles=roles_of(person))
    places = {row[0]: row[1:] for row in rows}
    windows = windows_of([places[key] for key in met if key in places], reach=2 * len(ours.exact), most=MOST_SNAPSHOTS)
    snapshots = _snapshots(windows)
    found: dict[tuple[int, Finding], Elsewhere] = {}
    for window in windows:
        snapshot, text = snapshots[window.snapshot], window.text
        is_translation = ours.is_translation or _differ(ours.spoken, snapshot.source.language)
        comparison = compare(words, text, is_passage=True, is_translation=is_translation)
        if comparison.finding == Finding.UNRELATED:
            continue
        start, end = comparison.place
        there = Elsewhere(
            comparison,
            text[start:end],
            snapshot=snapshot,
            position=window.position_at(window.start + start),
            start=window.start + start,
            end=window.start + end,
        )
        known = found.get((snapshot.source_id, comparison.finding))
        if known is None or known.snapshot is None or known.snapshot.number < snapshot.number:
            found[snapshot.source_id, comparison.finding] = there
    return list(found.values())


@written_once
def _passage_rows(passages: list[int], person: int, *, roles: frozenset[str]) -> QuerySet[Passage, Any]:
    readable = Passage.objects.filter(pk__among=passages, snapshot__source__in=visible_sources(Asker(person, roles)))
    return readable.values_list("pk", "snapshot_id", "start", "end")


def _snapshots(windows: Sequence[Window]) -> dict[int, Snapshot]:
    wanted = [window.snapshot for window in windows]
    if not wanted:
        return {}
    return Snapshot.objects.filter(pk__in=wanted).select_related("source").defer("text").in_bulk()


def _differ(one: str, other: str) -> bool:
    """Whether two language codes are known and name two languages, whatever their regions."""
    first, second = (code.replace("_", "-").partition("-")[0].casefold() for code in (one, other))
    return bool(first and second) and first != second
