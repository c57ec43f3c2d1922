"""The same words elsewhere, as people read them: the finding in words, where, who, and the difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from annotations.queries.workbench.differences import Piece
from articles.models import Origin, Quote, Snapshot, Wording
from articles.search.wording import Elsewhere, same_words_elsewhere
from articles.wording import Comparison, Cut, Finding, Stretch, What

if TYPE_CHECKING:
    from articles.permissions import Person

ICONS = {
    Finding.OTHER_PERSON: "person",
    Finding.ALTERED: "warn",
    Finding.STITCHED: "merge",
    Finding.TRUNCATED: "cut",
    Finding.RENDERING: "both",
    Finding.IDENTICAL: "check",
}
WHAT = {What.KEPT: "same", What.ADDED: "in", What.REMOVED: "out"}
# In the inspector more words than this in one stretch are shown by their ends.
LONGEST_STRETCH = 160
SHOWN_OF_STRETCH = 60


@dataclass(frozen=True, slots=True)
class ShownElsewhere:
    """One place where the words stand again.

    ``also`` says what became of the words when they are given to another person. ``href`` leads to the place, ``words``
    are the words there, and ``pieces`` the difference: what stands here is in, what stands there is out.
    """

    icon: str
    finding: str
    also: str
    is_grave: bool
    is_uncertain: bool
    is_suggested: bool
    is_source: bool
    who: str
    title: str
    published_by: str
    dated: date | None
    href: str
    language: str
    words: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class ShownElsewheres:
    """The first places, and how many there are."""

    shown: Sequence[ShownElsewhere] = ()
    count: int = 0


def show_elsewhere(quote: Quote, *, person: Person, most: int | None = None) -> ShownElsewheres:
    """Where else the words of a quote stand, as far as a person may know; ``most`` shortens the list and long words."""
    found = same_words_elsewhere(quote, person=person)
    return ShownElsewheres([_shown(quote, each, is_short=most is not None) for each in found[:most]], len(found))


def _shown(quote: Quote, found: Elsewhere, *, is_short: bool) -> ShownElsewhere:
    comparison = found.comparison
    in_quote, in_source = found.quote, found.snapshot
    wordings = {quote.wording, in_quote.wording if in_quote else quote.wording}
    return ShownElsewhere(
        icon=ICONS[found.finding],
        finding=_name(found.finding, comparison),
        also=_name(comparison.became, comparison) if found.finding == Finding.OTHER_PERSON else "",
        is_grave=found.finding in {Finding.OTHER_PERSON, Finding.ALTERED, Finding.STITCHED},
        is_uncertain=comparison.became in {Finding.ALTERED, Finding.STITCHED} and Wording.UNKNOWN in wordings,
        is_suggested=in_quote is not None and in_quote.origin == Origin.SUGGESTED,
        words=found.words,
        pieces=list(_pieces(comparison.stretches, is_short=is_short)),
        **(_quote_facts(in_quote) if in_quote is not None else _source_facts(in_source, found.position)),
    )


def _quote_facts(quote: Quote) -> dict[str, Any]:
    article, speaker = quote.article, quote.standing_speaker
    address = reverse("annotations:workbench", kwargs={"uid": article.uid})
    return {
        "is_source": False,
        "who": speaker.name if speaker else quote.mention,
        "title": article.head.headline,
        "published_by": article.outlet,
        "dated": localdate(article.published_at or article.received_at),
        "href": f"{address}?mark={quote.uid}",
        "language": article.language,
    }


def _source_facts(snapshot: Snapshot | None, position: int) -> dict[str, Any]:
    assert snapshot is not None
    source = snapshot.source
    address = reverse("annotations:source", kwargs={"uid": source.uid})
    return {
        "is_source": True,
        "who": "",
        "title": source.title,
        "published_by": source.publisher,
        "dated": source.published_date,
        "href": f"{address}?snapshot={snapshot.number}#passage-{position}",
        "language": source.language,
    }


def _name(finding: Finding, comparison: Comparison) -> str:
    match finding:
        case Finding.OTHER_PERSON:
            return _("Given to another person")
        case Finding.ALTERED:
            return _("Altered")
        case Finding.STITCHED:
            return _("Stitched from two places")
        case Finding.RENDERING:
            return _("Another rendering")
        case Finding.TRUNCATED:
            return {Cut.OURS: _("Cut short here"), Cut.THEIRS: _("Cut short there")}.get(
                comparison.cut, _("Cut differently")
            )
        case _:
            return _("The same words, with an editor’s marks") if comparison.is_marked else _("The same words")


def _pieces(stretches: Sequence[Stretch], *, is_short: bool) -> Iterator[Piece]:
    """The stretches with a space where two meet without one, and none struck out or underlined."""
    before = ""
    for stretch in stretches:
        words = _shortened(stretch.words) if is_short else stretch.words
        if before and not before[-1:].isspace() and not words[0].isspace() and stretch.theirs != stretch.ours:
            yield Piece("same", " ")
        before = words
        if stretch.what == What.KEPT:
            yield Piece("same", words)
            continue
        yield Piece(WHAT[stretch.what], words.rstrip())
        if words[-1:].isspace():
            yield Piece("same", " ")


def _shortened(words: str) -> str:
    if len(words) <= LONGEST_STRETCH:
        return words
    first, last = words[:SHOWN_OF_STRETCH], words[-SHOWN_OF_STRETCH:]
    return f"{first.rsplit(maxsplit=1)[0]} […] {last.split(maxsplit=1)[-1]}"
