"""Read the articles whose quotations people have marked; ``gold/README.md`` gives the conventions.

A marked article is its text with marks in braces, below a heading that names what the marks stand for::

    styles: wire, curly
    diallo = Amina Diallo
    ====
    Bridge to be rebuilt

    {1 direct diallo|“We will rebuild it,”} {s1|Amina Diallo} {c1|said}.

``{1 direct diallo|…}`` is the quotation with number 1; ``direct?`` makes it optional; ``?`` in place of the person says
that the text does not say who it is. ``{s1|…}`` is the mention of its speaker, ``{c1|…}`` its cue, ``{s1,2|…}`` serves
two quotations, ``{bait|…}`` looks like a quotation and is none. Marks may lie within marks.
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

__all__ = ["HALVES", "GoldArticle", "GoldQuote", "MarkupWrong", "Span", "listing", "parse", "read", "read_half"]

GOLD = Path(__file__).parent / "gold"
HALVES = ("training", "held_out")

BRACE = re.compile(r"\{(?P<label>[^{}|\n]*)\||(?P<stray>[{}|])")
QUOTATION = re.compile(r"(?P<number>[1-9]\d*) (?P<kind>direct|indirect|mixed)(?P<optional>\??) (?P<person>[\w-]+|\?)")
PART = re.compile(r"(?P<part>[sc])(?P<numbers>[1-9]\d*(?:,[1-9]\d*)*)")
QUOTATION_MARKS = frozenset("\"'“”‘’«»")
OUTER_PUNCTUATION = frozenset(".,;:")


class MarkupWrong(ValueError):
    """A marked article says something it cannot mean; the message names the article and the place."""


class Span(NamedTuple):
    """Where words stand: half-open, in code points of the article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """One quotation, as a person marked it.

    ``cue`` and ``speaker`` are the words at ``cue_span`` and ``speaker_span``; ``resolved`` is the speaker's name as
    this text knows it. All are None where the text does not say. An optional quotation is neither asked for nor wrong.
    """

    number: int
    start: int
    end: int
    exact: str
    kind: str
    cue: str | None
    cue_span: Span | None
    speaker: str | None
    speaker_span: Span | None
    resolved: str | None
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A canonical text with its quotations in order, and the words that must not be taken for quotations."""

    name: str
    styles: frozenset[str]
    text: str
    quotes: tuple[GoldQuote, ...]
    bait: tuple[Span, ...]

    @property
    def required(self) -> tuple[GoldQuote, ...]:
        """The quotations that must be found."""
        return tuple(quote for quote in self.quotes if not quote.optional)


@dataclass(frozen=True, slots=True)
class _Mark:
    label: str
    span: Span


def read_half(half: str) -> tuple[GoldArticle, ...]:
    """Read the articles of ``training``, ``held_out`` or ``held_out_2``, in order of their names."""
    return tuple(read(path) for path in sorted((GOLD / half).glob("*.txt")))


def read(path: Path) -> GoldArticle:
    """Read one marked article; its name is the file's.

    :raises MarkupWrong: when the marks contradict themselves.
    """
    return parse(path.read_text(encoding="utf-8"), name=path.stem)


def parse(source: str, *, name: str) -> GoldArticle:
    """Take the marks out of a marked article.

    :raises MarkupWrong: when the marks contradict themselves.
    """
    try:
        heading, found, body = source.partition("\n====\n")
        if not found:
            raise MarkupWrong("no line of four equals signs parts heading and text")
        styles, people = _heading(heading)
        text, marks = _unmarked(body.removesuffix("\n"))
        quotes = _quotes(text, marks, people)
        _refuse_overlaps(quotes)
        _refuse_idle_people(quotes, people, text)
    except MarkupWrong as wrong:
        raise MarkupWrong(f"{name}: {wrong}") from None
    bait = tuple(mark.span for mark in marks if mark.label == "bait")
    return GoldArticle(name, styles, text, quotes, bait)


def _heading(heading: str) -> tuple[frozenset[str], dict[str, str]]:
    first, *lines = heading.split("\n")
    if not first.startswith("styles: "):
        raise MarkupWrong("the first line must name the styles")
    people: dict[str, str] = {}
    for line in lines:
        key, found, person = line.partition(" = ")
        if not found or key in people:
            raise MarkupWrong(f"“{line}” is not the key of one person")
        people[key] = person
    return frozenset(first.removeprefix("styles: ").split(", ")), people


def _unmarked(body: str) -> tuple[str, list[_Mark]]:
    """Give the text without marks, and the marks with their places in it, in order."""
    pieces: list[str] = []
    marks: list[_Mark] = []
    opened: list[tuple[str, int]] = []
    length = position = 0
    for brace in BRACE.finditer(body):
        pieces.append(body[position : brace.start()])
        length += len(pieces[-1])
        position = brace.end()
        if brace["stray"] is None:
            opened.append((brace["label"], length))
        elif brace["stray"] == "}" and opened:
            label, start = opened.pop()
            marks.append(_Mark(label, Span(start, length)))
        else:
            raise MarkupWrong(f"a stray {brace['stray']} after “{''.join(pieces)[-30:]}”")
    if opened:
        raise MarkupWrong(f"{{{opened[-1][0]}| is never closed")
    text = "".join([*pieces, body[position:]])
    _refuse_ragged(text, marks)
    return text, sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end))


def _refuse_ragged(text: str, marks: Sequence[_Mark]) -> None:
    for mark in marks:
        words = text[slice(*mark.span)]
        if not words or words != words.strip():
            raise MarkupWrong(f"{{{mark.label}|{words}}} is empty or has white space at an edge")
        if "\n" in words:
            raise MarkupWrong(f"{{{mark.label}|{words}}} runs over the end of a paragraph")


def _quotes(text: str, marks: Sequence[_Mark], people: Mapping[str, str]) -> tuple[GoldQuote, ...]:
    cues, speakers = _parts(marks, "c"), _parts(marks, "s")
    quotes = []
    for mark in marks:
        if label := QUOTATION.fullmatch(mark.label):
            number = int(label["number"])
            quotes.append(_quote(text, mark, label, cues.pop(number, None), speakers.pop(number, None), people))
        elif mark.label != "bait" and not PART.fullmatch(mark.label):
            raise MarkupWrong(f"{{{mark.label}| means nothing")
    if [quote.number for quote in quotes] != list(range(1, len(quotes) + 1)):
        raise MarkupWrong(f"quotations are not numbered from 1 in order: {[quote.number for quote in quotes]}")
    if cues or speakers:
        raise MarkupWrong(f"cues or speakers of no quotation: {sorted(cues | speakers)}")
    return tuple(quotes)


def _parts(marks: Sequence[_Mark], part: str) -> dict[int, Span]:
    """Give the place of the cue (``c``) or speaker (``s``) of each quotation that has one."""
    places: dict[int, Span] = {}
    for mark in marks:
        label = PART.fullmatch(mark.label)
        for number in map(int, label["numbers"].split(",")) if label and label["part"] == part else ():
            if number in places:
                raise MarkupWrong(f"quotation {number} has a second {{{mark.label}|")
            places[number] = mark.span
    return places


def _quote(
    text: str,
    mark: _Mark,
    label: re.Match[str],
    cue: Span | None,
    speaker: Span | None,
    people: Mapping[str, str],
) -> GoldQuote:
    person = label["person"]
    if person != "?" and person not in people:
        raise MarkupWrong(f"nobody is called {person}")
    quote = GoldQuote(
        number=int(label["number"]),
        start=mark.span.start,
        end=mark.span.end,
        exact=text[slice(*mark.span)],
        kind=label["kind"],
        cue=text[slice(*cue)] if cue else None,
        cue_span=cue,
        speaker=text[slice(*speaker)] if speaker else None,
        speaker_span=speaker,
        resolved=people.get(person),
        optional=bool(label["optional"]),
    )
    for fault in _faults(quote):
        raise MarkupWrong(f"quotation {quote.number} {fault}: “{quote.exact}”")
    return quote


def _faults(quote: GoldQuote) -> Iterator[str]:
    marked = not QUOTATION_MARKS.isdisjoint(quote.exact)
    if quote.kind == "mixed" and not marked:
        yield "is mixed and holds no quotation mark"
    if quote.kind == "mixed" and quote.exact[0] in QUOTATION_MARKS and quote.exact[-1] in QUOTATION_MARKS:
        yield "is mixed and stands wholly in quotation marks"
    if quote.kind != "direct" and quote.exact.startswith("that "):
        yield "begins with its “that”"
    if quote.kind != "direct" and quote.exact[-1] in OUTER_PUNCTUATION:
        yield "ends with the punctuation of its sentence"
    for part in (quote.cue_span, quote.speaker_span):
        if part and part.start < quote.end and quote.start < part.end:
            yield "holds its own cue or speaker"


def _refuse_overlaps(quotes: Sequence[GoldQuote]) -> None:
    for one, other in pairwise(quote for quote in quotes if not quote.optional):
        if other.start < one.end:
            raise MarkupWrong(f"quotations {one.number} and {other.number} overlap and neither is optional")


def _refuse_idle_people(quotes: Sequence[GoldQuote], people: Mapping[str, str], text: str) -> None:
    if idle := set(people.values()) - {quote.resolved for quote in quotes}:
        raise MarkupWrong(f"says nothing: {sorted(idle)}")
    if strangers := [person for person in people.values() if person not in text]:
        raise MarkupWrong(f"not named so in the text: {strangers}")


def listing(article: GoldArticle) -> str:
    """Give the quotations of an article as lines to proof-read by eye."""
    lines = [f"== {article.name} ({', '.join(sorted(article.styles))})"]
    for quote in article.quotes:
        doubt = "?" if quote.optional else ""
        lines.append(f"{quote.number:>3} {quote.kind}{doubt} | {quote.resolved} | {quote.speaker} | {quote.cue}")
        lines.append(f"      {quote.exact}")
    lines.extend(f"bait  {article.text[slice(*span)]}" for span in article.bait)
    return "\n".join(lines)


if __name__ == "__main__":
    for half in sys.argv[1:] or HALVES:
        for marked_article in read_half(half):
            sys.stdout.write(f"{listing(marked_article)}\n\n")
