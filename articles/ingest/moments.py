"""Moments as feeds and wires write them: ISO 8601, RFC 3339, and the dates of RFC 822 mail."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

# The last place on earth where a day begins: whoever waits until then breaks no embargo anywhere.
LAST_ZONE = timezone(timedelta(hours=-12))

LONGEST = 64


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment, always with a zone; ``zone_stated`` says whether the copy gave it or UTC was assumed."""

    at: datetime
    zone_stated: bool

    @property
    def latest(self) -> datetime:
        """The latest this can mean: a time without zone counts in the last zone on earth."""
        return self.at if self.zone_stated else self.at.replace(tzinfo=LAST_ZONE)


def moment_of(text: str) -> Moment | None:
    """Read a moment; ``None`` for anything that is not one, or that no calendar with zones can hold."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    found = _iso(text) or _mail(text)
    if found is None or not 1 < found.year < 9999:
        return None
    stated = found.tzinfo is not None
    return Moment(found if stated else found.replace(tzinfo=UTC), stated)


def _iso(text: str) -> datetime | None:
    in_one_word = (text if "T" in text else text.replace(" ", "T", 1)).replace(" ", "")
    try:
        return datetime.fromisoformat(in_one_word)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    """A mail date; one whose zone Python does not know comes out without zone, like one that states none."""
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
