"""Taking apart again what was merged, or was never one: a former name, an alias, chosen quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from articles.models import Quote, Speaker
from articles.naming.keys import folded, name_keys
from articles.operations.quotes import change_quote
from articles.operations.speakers import add_speaker


class SplitImpossible(Exception):
    """What should be taken out is not in there.

    :ivar field: what of the request is at fault: ``former``, ``name`` or ``quotes``.
    """

    def __init__(self, sentence: str, *, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class SeenQuote:
    """A quote to take along, with the version that was seen of it."""

    quote: Quote
    seen: int


@dataclass(frozen=True, slots=True)
class Apart:
    """Who is taken out: a former speaker with the version seen of it, or somebody new by this name."""

    former: Speaker | None = None
    seen: int = 0
    name: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def split_speaker(
    *,
    kept: Speaker,
    seen: int,
    apart: Apart,
    by: AbstractUser,
    at: datetime,
    quotes: Sequence[SeenQuote] = (),
) -> Speaker:
    """Take somebody out of ``kept`` who is a speaker of their own; the reverse of ``merge_speakers``.

    A former speaker returns as it was: with its names, the quotes recorded under it, and whoever was merged into it
    before. Names that ``kept`` had of itself stay. Somebody new takes the name they are given out of the aliases of
    ``kept``, and no quote but those named. ``quotes`` go to whoever is taken out.

    :returns: the speaker who stands for themself again, or for the first time.
    :raises SplitImpossible: when the former one was not merged into ``kept``, the name is the one by which ``kept``
        goes, or a quote is not of ``kept``.
    :raises Stale: when somebody changed ``kept``, the former one or a quote since the version seen.
    """
    refuse_quotes_of_others(kept, [each.quote for each in quotes])
    if apart.former is not None:
        aliases = _without_names_of(kept, apart.former)
        out = _taken_out(kept, apart.former, apart.seen)
    else:
        aliases = _without(kept, apart.name)
        out = add_speaker(name=apart.name.strip(), kind=kept.kind, by=by, at=at, **apart.facts)
    kept.change(seen=seen, aliases=aliases, keys=name_keys([kept.name, *aliases]))
    for each in quotes:
        change_quote(quote=each.quote, seen=each.seen, by=by, at=at, noted=None, speaker=out)
    return out


def refuse_quotes_of_others(kept: Speaker, quotes: Sequence[Quote]) -> None:
    """:raises SplitImpossible: when one of the quotes is neither of the speaker nor of a name merged into it."""
    if any(
        quote.speaker is None or kept.pk not in {quote.speaker_id, quote.speaker.merged_into_id} for quote in quotes
    ):
        raise SplitImpossible("A quote among these is not by this speaker. Load the page again.", field="quotes")


def _without(kept: Speaker, name: str) -> list[str]:
    """The aliases that stay when somebody by this name goes."""
    if kept.merged_into_id:
        raise SplitImpossible("This name was merged itself. Split it from the speaker it leads to.", field="name")
    if not folded(name):
        raise SplitImpossible("Say by what name the new speaker goes.", field="name")
    if folded(name) == folded(kept.name):
        raise SplitImpossible("This is the speaker’s own name. Change the name first.", field="name")
    if any(folded(former.name) == folded(name) for former in kept.merged.all()):
        raise SplitImpossible("This name is of a speaker that was merged. Take that one out.", field="name")
    return [alias for alias in kept.aliases if folded(alias) != folded(name)]


def _taken_out(kept: Speaker, former: Speaker, seen: int) -> Speaker:
    """The former speaker stands again, and whoever came along with it points to it again."""
    for between in kept.merged.filter(pk__in=[key for key in _way(former) if key]).exclude(pk=former.pk):
        # It was merged into this one first, which took its names.
        aliases = _aliases_left(between, former)
        between.change(seen=between.version, aliases=aliases, keys=name_keys([between.name, *aliases]))
    for companion in came_along(kept, former):
        companion.change(seen=companion.version, merged_into=former)
    return former.change(seen=seen, merged_into=None)


def came_along(kept: Speaker, former: Speaker) -> list[Speaker]:
    """The former speakers of ``kept`` that were merged into ``former`` when it was merged."""
    others = list(kept.merged.exclude(pk=former.pk).order_by("pk"))
    return [each for each in others if former.pk in _way(each)]


def _way(speaker: Speaker) -> dict[int | None, int]:
    """Into whom a speaker was merged, one after the other, without the turns that were split again.

    With the key of the change that led there; what comes first, standing for oneself, has none.
    """
    way: dict[int | None, int] = {}
    points = [(event.merged_into_id, event.pgh_id) for event in _history(speaker)]
    led_by = 0
    for point, change in [*points, (speaker.merged_into_id, 0)]:
        if point in way:
            way = dict(list(way.items())[: list(way).index(point) + 1])
        else:
            way[point] = led_by
        led_by = change
    return way


def _without_names_of(kept: Speaker, former: Speaker) -> list[str]:
    """The aliases of ``kept`` but those that came with ``former``."""
    if former.merged_into_id != kept.pk:
        raise SplitImpossible("This speaker is not merged into that one.", field="former")
    return _aliases_left(kept, former)


def _aliases_left(kept: Speaker, former: Speaker) -> list[str]:
    """What ``kept`` had before ``former`` came, and what another former speaker goes by, stays."""
    way = _way(former)
    leaving = {former.pk, *(each.pk for each in came_along(kept, former))}
    staying = [
        name
        for other in kept.merged.exclude(pk__in=leaving)
        for name in (other.name, *(() if other.pk in way else other.aliases))
    ]
    going = {former.name, *former.aliases} - {*_aliases_before(kept, former), *staying}
    return [alias for alias in kept.aliases if alias not in going]


def _aliases_before(kept: Speaker, former: Speaker) -> Iterable[str]:
    """The aliases that ``kept`` had when ``former`` came to it: both were written in one act, it last."""
    coming = _way(former).get(kept.pk, 0)
    written = next((event for event in _history(kept) if coming and event.pgh_id > coming), None)
    return () if written is None else list(written.aliases)


def _history(speaker: Speaker) -> Any:
    """The rows that were overwritten, oldest first."""
    events: Any = Speaker._meta.get_field("events").related_model
    return events.objects.filter(pgh_obj=speaker.pk).order_by("pgh_id")
