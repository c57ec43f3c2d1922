"""A proposal of how a claim reads alone: who is meant, and which day, filled in from the article it stands in.

Pure. What is proposed is for a person to confirm: the words printed stay what they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from articles.ingest.dates import RelativeDate, relative_dates
from articles.quotation.mentions import Meant, who_is_meant

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Quotation marks around words that are quoted as a whole are no part of what they state.
QUOTED = re.compile(r'[“”"„«]([^“”"„«»]*)[”“"»]')


@dataclass(frozen=True, slots=True)
class FilledIn:
    """Words of the article, half-open in code points of its text, and what stands for them in the proposal."""

    start: int
    end: int
    words: str
    by: str
    is_date: bool


@dataclass(frozen=True, slots=True)
class Restatement:
    """The proposal, and what was filled in, in the order of the text; nothing where the words read alone."""

    text: str
    filled_in: tuple[FilledIn, ...]


def restate(text: str, start: int, end: int, *, language_code: str, published: date | None) -> Restatement:
    """Propose how the words ``[start, end)`` of a canonical text read alone.

    "On Tuesday he said" becomes "On Tuesday (13 May 2025) Sergey Ryabkov said". Pronouns and short names are those of
    people whom the text names in full, outside quotation marks; relative dates are counted from the day of publication,
    and left alone while that is unknown.
    """
    filled = sorted(_fill(text, start, end, language_code, published), key=lambda each: each.start)
    pieces, at = [], start
    kept: list[FilledIn] = []
    for each in filled:
        if each.start < at:
            continue
        pieces += [text[at : each.start], each.by]
        at = each.end
        kept.append(each)
    pieces.append(text[at:end])
    said = " ".join("".join(pieces).split()).rstrip(",")
    quoted = QUOTED.fullmatch(said)
    return Restatement((quoted[1] if quoted else said).rstrip(", "), tuple(kept))


def _fill(text: str, start: int, end: int, language_code: str, published: date | None) -> Iterator[FilledIn]:
    for meant in who_is_meant(text, start, end, language_code=language_code):
        yield FilledIn(*meant.where, text[slice(*meant.where)], _name(meant), is_date=False)
    if published is None:
        return
    for each in relative_dates(text, published=published, language=language_code or "en"):
        if start <= each.start and each.end <= end:
            by = f"{each.exact} ({_days(each, language_code)})"
            yield FilledIn(each.start, each.end, each.exact, by, is_date=True)


def _name(meant: Meant) -> str:
    return f"{meant.name}’s" if meant.is_possessive else meant.name


def _days(each: RelativeDate, language_code: str) -> str:
    """The days meant, as English writes them; in other languages in digits."""
    first, last = each.first, each.last
    if language_code.split("-")[0].lower() not in {"", "en"}:
        return first.isoformat() if first == last else f"{first.isoformat()} – {last.isoformat()}"
    if first == last:
        return _day(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year)
    if first.day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{MONTHS[first.month - 1]} {first.year}"
    return f"{_day(first)} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
