"""When a page says its piece came out: to machines, beside its headline, and in its address."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from articles.ingest.html_blocks import HtmlLine
from articles.ingest.moments import moment_of
from articles.ingest.page_bylines import is_beside
from articles.ingest.paragraphs import ends_sentence
from articles.ingest.printed_dates import CHANGED, LONGEST_LINE, PUBLISHED, PrintedDay, printed_days, printed_moment
from articles.ingest.printed_hours import hour_near
from articles.ingest.words import word_keys

# In lines: how far below and above the headline a day stands. In words: a sentence, an hour alone, a label alone.
BELOW, ABOVE, SHORTEST_SENTENCE, LONGEST_HOUR, LONGEST_LABEL = 14, 30, 12, 5, 3
SECONDS, MILLISECONDS, IN_ONE = re.compile(r"\d{10}"), re.compile(r"\d{13}"), re.compile(r"(?:19|20)\d{12}")
DAY_ALONE = re.compile(r"\d{4}-?\d\d-?\d\d")
OF_SCRIPTS = re.compile(
    r"\w{3} (?P<month>\w{3}) (?P<day>\d\d) (?P<year>\d{4}) (?P<clock>\d\d:\d\d:\d\d) GMT(?P<zone>[+-]\d{4})\b.*"
)
IN_ADDRESS = (
    re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_-]|\D|$)"),
    re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?=/)"),
    re.compile(r"[/_-]((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?=\.\w{2,5}$|/?$|[/_-])"),
)
MONTH_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/(\d\d?)(?=/)")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What holds a moment in the markup of a page.
MOMENT_ATTRIBUTES = ("datetime", "data-datetime", "data-timestamp", "data-published", "data-publish-date", "data-date",
                     "data-time", "data-published-at", "data-publishdate", "data-epoch")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A moment that a line or an element near the headline names; see :class:`PrintedDay` for its rank."""

    at: datetime
    has_hour: bool
    rank: int


def published(
    lines: Sequence[HtmlLine], headline: int | None, *, told: Iterable[str], address: str, language: str
) -> tuple[datetime | None, str]:
    """When the piece came out, and the basis of that: what the page tells machines, else prints, else its address.

    A day that was told without its hour is taken with the hour printed beside the same day.
    """
    for candidate in told:
        at = moment_told(candidate, language=language)
        if at is not None:
            if not DAY_ALONE.fullmatch(candidate.strip()):
                return at, "stated"
            near = (found.at for found in _near(lines, headline, language) if found.has_hour)
            return next((found for found in near if found.date() == at.date()), at), "stated"
    near_headline = list(_near(lines, headline, language))
    if near_headline:
        best = min(near_headline, key=lambda found: found.rank)
        return best.at, "stated" if best.rank < 2 else "inferred"
    day = _day_in(address)
    return (day, "inferred") if day else (None, "unknown")


def moment_told(text: str, *, language: str = "") -> datetime | None:
    """Read a moment as machines are told it: ISO 8601, seconds or milliseconds since 1970, or as people write it."""
    text = text.strip()
    if SECONDS.fullmatch(text) or MILLISECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), tz=UTC)
    if IN_ONE.fullmatch(text):
        text = f"{text[:8]}T{text[8:]}"
    if found := OF_SCRIPTS.fullmatch(text):
        text = "{day} {month} {year} {clock} {zone}".format(**found.groupdict())
    elif text[:1].isalpha() and "," not in text[:5]:
        return printed_moment(text, language=language)
    moment = moment_of(text)
    return moment.at if moment else printed_moment(text, language=language)


def _near(lines: Sequence[HtmlLine], headline: int | None, language: str) -> Iterator[Found]:
    """The moments that stand near the headline, the nearest below it first."""
    place = headline or 0
    within = set(lines[place].element.iterancestors()) if lines else set()
    below, above = range(place, min(len(lines), place + BELOW)), range(max(0, place - ABOVE), place)
    for number in [*below, *above[::-1]]:
        line = lines[number]
        text = line.block.text
        if (len(word_keys(text)) >= SHORTEST_SENTENCE and ends_sentence(text)) or is_beside(line.element, within):
            continue
        marked = list(_marked(line, _label(lines, number), language)) if number in below or number >= place - 6 else []
        yield from marked or _printed(lines, number, language)


def _label(lines: Sequence[HtmlLine], number: int) -> str:
    """What the short line right before says of the day, as “Updated”."""
    text = lines[number - 1].block.text if number else ""
    return text if len(text.split()) <= LONGEST_LABEL and not printed_days(text) else ""


def _printed(lines: Sequence[HtmlLine], number: int, language: str) -> Iterator[Found]:
    text = lines[number].block.text
    label = _label(lines, number)
    for day in printed_days(f"{label} {text}" if len(text) + len(label) < LONGEST_LINE else text, language=language):
        yield _with_hour_behind(day, lines, number)


def _with_hour_behind(day: PrintedDay, lines: Sequence[HtmlLine], number: int) -> Found:
    """The day with the hour that is all the next line says."""
    behind = lines[number + 1].block.text if number + 1 < len(lines) else ""
    alone = 0 < len(word_keys(behind)) <= LONGEST_HOUR and not printed_days(behind)
    at = hour_near("", behind.lower(), day.at) if alone and not day.has_hour else None
    return Found(at or day.at, day.has_hour or at is not None, day.rank)


def _marked(line: HtmlLine, label: str, language: str) -> Iterator[Found]:
    """The moments that elements of the line hold in their attributes, or in their words where they are ``time``."""
    holders = [line.element, *list(line.element.iterancestors())[:2]]
    own = [holder for holder in holders[1:] if len("".join(holder.itertext())) <= 2 * len(line.block.text) + 10]
    for element in [*own, *line.element.iter()]:
        if not isinstance(element.tag, str):
            continue
        words = " ".join(element.text_content().split())
        values = [element.get(name, "") for name in MOMENT_ATTRIBUTES]
        values.append(element.get("title", "") if element.tag in ("abbr", "time", "span") else "")
        values.append(words if element.tag == "time" else "")
        moments = (moment_told(value, language=language) for value in values if value[:1].isalnum())
        at = next((moment for moment in moments if moment is not None), None)
        if at is not None:
            before = line.block.text.partition(words)[0] if words else ""
            yield Found(
                at, True, _rank(f"{element.get('class', '')} {element.get('itemprop', '')}", f"{label} {before}")
            )


def _rank(names: str, before: str) -> int:
    """Whether an element is called after what was published or changed, else what the words before it say."""
    for text in (names.lower(), before.lower()):
        published_at = max((found.start() for found in PUBLISHED.finditer(text)), default=-1)
        changed_at = max((found.start() for found in CHANGED.finditer(text)), default=-1)
        if published_at != changed_at:
            return 0 if published_at > changed_at else 2
    return 0 if "entry-date" in names else 1


def _day_in(address: str) -> datetime | None:
    for form in IN_ADDRESS:
        if found := form.search(address):
            return moment_told(f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}")
    if found := MONTH_IN_ADDRESS.search(address.lower()):
        return moment_told(f"{found[1]}-{MONTHS.index(found[2]) + 1:02}-{int(found[3]):02}")
    return None
