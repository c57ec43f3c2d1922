"""Relative dates in copy ("on Tuesday", "last week"), resolved against the day the piece came out.

The words are data, one file per language in ``relative_dates/``; a language without a file has no relative dates.
Names ("the Sunday Times"), habits ("on Tuesdays") and dates that are written out are left alone.
"""

import calendar
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from articles.anchoring.text import sentences

FOLDER = Path(__file__).with_name("relative_dates")
LANGUAGES = frozenset(file.stem for file in FOLDER.glob("*.json"))
DAY = timedelta(days=1)

Days = tuple[date, date]
# From the publication day, and whether the words speak of what is to come, to the first and the last day meant.
Resolve = Callable[[date, bool], Days]


@dataclass(frozen=True, slots=True)
class RelativeDate:
    """Words that stand for days: half-open offsets in code points, and the first and the last day they mean."""

    start: int
    end: int
    exact: str
    first: date
    last: date


def relative_dates(text: str, *, published: date, language: str) -> list[RelativeDate]:
    """The relative dates in a text, in its order; none overlap.

    ``published`` is the day in the zone the piece was written in; ``language`` a BCP 47 tag.
    A bare weekday is the last one up to the publication day, or the next one where its clause speaks of what will be.
    """
    words = _words_of(language.split("-")[0].lower())
    return [each for start, end in sentences(text) for each in _in_sentence(text, start, end, words, published)]


@dataclass(frozen=True, slots=True)
class _Words:
    """A language, ready to be looked for."""

    phrase: re.Pattern[str]
    meanings: Mapping[str, Resolve]
    counted: Callable[[str], Resolve | None]
    tense: re.Pattern[str]
    ahead: frozenset[str]
    calendar_date: re.Pattern[str]


def _in_sentence(text: str, start: int, end: int, words: _Words | None, published: date) -> Iterator[RelativeDate]:
    if words is None:
        return
    looked = start
    for match in words.phrase.finditer(text, start, end):
        if _is_name_or_date(text, match, start, end, words):
            continue
        said = re.sub(r"\s+", " ", match[0]).lower()
        resolve = words.meanings.get(said) or words.counted(said)
        days = _days(resolve, published, _is_ahead(text, match, looked, start, end, words)) if resolve else None
        if days is not None:
            yield RelativeDate(match.start(), match.end(), match[0], *days)
        looked = match.end()


def _days(resolve: Resolve, published: date, is_ahead: bool) -> Days | None:
    """None beyond the calendar's ends."""
    try:
        return resolve(published, is_ahead)
    except (OverflowError, ValueError):
        return None


def _is_name_or_date(text: str, match: re.Match[str], start: int, end: int, words: _Words) -> bool:
    """Whether the words are part of a title ("Yesterday Once More") or a day of the calendar stands behind them."""
    if words.calendar_date.match(text, match.end(), end):
        return True
    inside = text[start : match.start()].strip("“”\"'‘’«»„(–— ") != ""
    following = re.compile(r"\s+(\w+)").match(text, match.end(), end)
    quoted = text[match.start() - 1 : match.start()] in {"“", '"', "„", "«"}
    titled = following is not None and following[1][:1].isupper()
    return match[0][:1].isupper() and titled and (inside or quoted)


def _is_ahead(text: str, match: re.Match[str], looked: int, start: int, end: int, words: _Words) -> bool:
    """Whether the last verb before the words, or the first one behind words that open the sentence, looks ahead."""
    before = [verb[0].lower() for verb in words.tense.finditer(text, looked, match.start())]
    if before:
        return before[-1] in words.ahead
    opens = not text[start : match.start()].strip()
    first = words.tense.search(text, match.end(), end) if opens else None
    return first is not None and first[0].lower() in words.ahead


@lru_cache(maxsize=32)
def _words_of(language: str) -> _Words | None:
    if language not in LANGUAGES:
        return None
    known: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    meanings = dict(_fixed(known)) | dict(_weekdays(known))
    counted = [*known["ago"], *known["ahead"]]
    phrases = [
        *sorted(map(re.escape, meanings), key=len, reverse=True),
        *(_counted_form(form, known) for form in counted),
    ]
    return _Words(
        phrase=_any_of(phrases),
        meanings=meanings,
        counted=lambda said: _count(said, known),
        tense=_any_of([re.escape(verb) for verb in (*known["ahead_of_us"], *known["behind_us"])]),
        ahead=frozenset(known["ahead_of_us"]),
        calendar_date=re.compile(rf",?\s+(?:\w+\s+)?(?:\d|(?:{'|'.join(known['months_of_year'])})\b)", re.IGNORECASE),
    )


def _any_of(forms: list[str]) -> re.Pattern[str]:
    joined = "|".join(form.replace(r"\ ", r"\s+") for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)


def _fixed(known: Mapping[str, Any]) -> Iterator[tuple[str, Resolve]]:
    """Words that always lie as far from the day of publication."""
    for unit, table in (("day", "days"), ("week", "weeks"), ("month", "months"), ("year", "years")):
        for words, away in known[table].items():
            yield words, _away(unit, away)


def _weekdays(known: Mapping[str, Any]) -> Iterator[tuple[str, Resolve]]:
    for name, weekday in known["weekdays"].items():
        for form in known["bare_weekday"]:
            yield form.format(weekday=name), _nearest(weekday)
        for form in known["past_weekday"]:
            yield form.format(weekday=name), _next_to(weekday, -1)
        for form in known["coming_weekday"]:
            yield form.format(weekday=name), _next_to(weekday, 1)


def _counted_form(form: str, known: Mapping[str, Any]) -> str:
    number = "|".join([r"\d{1,3}", *map(re.escape, known["numbers"])])
    unit = "|".join(map(re.escape, known["units"]))
    return re.escape(form).replace(r"\{number\}", f"(?:{number})").replace(r"\{unit\}", f"(?:{unit})")


def _count(said: str, known: Mapping[str, Any]) -> Resolve | None:
    """What "three weeks ago" means."""
    for forms, sign in ((known["ago"], -1), (known["ahead"], 1)):
        for form in forms:
            pattern = re.escape(form).replace(r"\{number\}", r"(\w+)").replace(r"\{unit\}", r"(\w+)")
            if match := re.fullmatch(pattern, said):
                number = int(match[1]) if match[1].isdecimal() else known["numbers"][match[1]]
                return _away(known["units"][match[2]], sign * number)
    return None


def _away(unit: str, count: int) -> Resolve:
    """Whole days, weeks from Monday to Sunday, months or years before or after that of the publication."""
    return lambda published, _is_ahead: _UNITS[unit](published, count)


def _nearest(weekday: int) -> Resolve:
    def resolve(published: date, is_ahead: bool) -> Days:
        back = (published.weekday() - weekday) % 7
        day = published + DAY * ((7 - back) % 7) if is_ahead else published - DAY * back
        return day, day

    return resolve


def _next_to(weekday: int, direction: int) -> Resolve:
    """The closest such day that is not the publication day itself."""

    def resolve(published: date, _is_ahead: bool) -> Days:
        distance = (direction * (weekday - published.weekday()) - 1) % 7 + 1
        day = published + DAY * (direction * distance)
        return day, day

    return resolve


def _day(published: date, count: int) -> Days:
    day = published + DAY * count
    return day, day


def _week(published: date, count: int) -> Days:
    monday = published - DAY * published.weekday() + DAY * 7 * count
    return monday, monday + DAY * 6


def _month(published: date, count: int) -> Days:
    year, month = divmod(published.year * 12 + published.month - 1 + count, 12)
    return date(year, month + 1, 1), date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _year(published: date, count: int) -> Days:
    return date(published.year + count, 1, 1), date(published.year + count, 12, 31)


_UNITS: Mapping[str, Callable[[date, int], Days]] = {"day": _day, "week": _week, "month": _month, "year": _year}
