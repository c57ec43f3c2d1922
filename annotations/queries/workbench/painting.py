"""The marks of a workbench as its script takes them: rows of numbers and a few lists of words.

The script paints highlights and badges from these rows, so that an article with five thousand marks sends no element
for any of them. What a badge says is put together there from ``words``: the phrases of
:mod:`annotations.queries.workbench.badges`, translated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.templatetags.static import static
from django.utils.translation import get_language, override

from annotations.queries.workbench.badges import TONE_NAMES, phrases
from annotations.queries.workbench.marks import ShownClaim, ShownMark, ShownQuote, ShownTag, initials_of

if TYPE_CHECKING:
    from annotations.queries.workbench.page import Workbench

KINDS = ("direct", "indirect", "mixed")
TONES = tuple(TONE_NAMES)
SUGGESTED, NEEDS_LOOK = 1, 2


def as_painted(bench: Workbench) -> dict[str, Any]:
    """The placed marks of a workbench, in the order of its text.

    :returns: ``marks``: ``[label, start, end, flags, a, b]`` with offsets in code points of the text; flags 1
        suggested, 2 needs a look; for a quote (``Q…``) a is its place in ``kinds`` and b that of its speaker in
        ``speakers``, ``[name, initials, voice]``; for a claim (``C…``) a is its tone's place in ``tones``; for a tag
        (``B…``) a is its severity and b its category's place in ``categories``. ``findings``: where a sentence begins,
        and what the reader said of it.
    """
    speakers = _Listed()
    categories = _Listed()
    rows = [_row(mark, speakers, categories) for mark in bench.placed]
    return {
        "marks": rows,
        "kinds": KINDS,
        "tones": TONES,
        "speakers": speakers.values,
        "categories": categories.values,
        "findings": list(bench.findings.items()),
        "words": _words(get_language() or ""),
        "sprite": static("icons.svg"),
    }


class _Listed:
    """Values numbered in the order in which they are first met."""

    def __init__(self) -> None:
        self._places: dict[Any, int] = {}

    def place(self, value: Any) -> int:
        return self._places.setdefault(value, len(self._places))

    @property
    def values(self) -> Sequence[Any]:
        return list(self._places)


def _row(mark: ShownMark, speakers: _Listed, categories: _Listed) -> list[Any]:
    flags = (SUGGESTED if mark.is_suggested else 0) | (NEEDS_LOOK if mark.needs_look else 0)
    return [mark.label, mark.start, mark.end, flags, *_traits(mark, speakers, categories)]


def _traits(mark: ShownMark, speakers: _Listed, categories: _Listed) -> Iterable[int]:
    if isinstance(mark, ShownClaim):
        return (TONES.index(mark.verdict.tone),)
    if isinstance(mark, ShownTag):
        return mark.severity, categories.place(mark.category)
    assert isinstance(mark, ShownQuote)
    return KINDS.index(mark.kind), speakers.place((mark.name, initials_of(mark.name), mark.voice))


@lru_cache
def _words(language: str) -> dict[str, Any]:
    with override(language):
        return phrases()
