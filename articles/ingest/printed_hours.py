"""Hours as outlets print them beside a day, with their zone where one is named."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_CLOCK = re.compile(
    r"""(?:(?P<half>오전|오후|上午|下午|午前|午後|凌晨|晚上)\s*)?(?<![\d:./-])(?:
    (?P<hour>\d{1,2})(?:[:h]|(?<=\d)\s?u\s?)(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![:\d])
    |(?P<dotted>\d{1,2})\.(?P<dotted_minute>[0-5]\d)(?=\s?(?:[ap]\.?m\b|uhr|uur|h\b|gmt|utc|[a-z]{1,2}[sd]?t\b))
    |(?<=kl\s)(?P<kl>\d{1,2})[.:](?P<kl_minute>[0-5]\d)
    |(?P<kanji>\d{1,2})\s?[時时시点點]\s?(?:(?P<kanji_minute>[0-5]?\d)\s?[分분])?
    |(?P<whole>\d{1,2})(?=\s?(?:[ap]\.?m\b|uhr\b|h\b))
    )\s*(?:h\b|uhr\b|uur\b)?\s*(?P<meridiem>[ap]\.?m\b\.?)?""",
    re.VERBOSE,
)
_AFTER_KL = re.compile(r"\b(?:kl|klo|at|om|um|ore|alle|ore|o|г|в|à|às)\.?\s+(?=\d{1,2}\.\d\d\b)")
AFTERNOON = ("p", "오후", "下午", "午後", "晚上")
_ZONE = re.compile(
    r"\s*[(,]?\s*(?:(?P<base>utc|gmt)\s?(?P<sign>[+−-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?|(?P<name>[a-z]{1,5})\b)"
)
# Hours ahead of UTC. Letters that stand for zones of several continents, as IST and CST, are left out but for one use.
ZONES = {
    "utc": 0.0, "gmt": 0.0, "z": 0.0, "bst": 1.0, "wet": 0.0, "west": 1.0, "cet": 1.0, "cest": 2.0, "mez": 1.0,
    "mesz": 2.0, "eet": 2.0, "eest": 3.0, "msk": 3.0, "мск": 3.0, "trt": 3.0, "pkt": 5.0, "wib": 7.0, "hkt": 8.0,
    "sgt": 8.0, "awst": 8.0, "jst": 9.0, "kst": 9.0, "acst": 9.5, "acdt": 10.5, "aest": 10.0, "aedt": 11.0,
    "nzst": 12.0,
    "nzdt": 13.0, "est": -5.0, "edt": -4.0, "cst": -6.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0, "pst": -8.0,
    "pdt": -7.0, "akst": -9.0, "akdt": -8.0, "hst": -10.0, "ast": -4.0, "adt": -3.0, "nst": -3.5, "ndt": -2.5,
    "brt": -3.0, "art": -3.0, "sast": 2.0, "cat": 2.0, "eat": 3.0, "wat": 1.0,
}  # fmt: skip
# North American zones that are named without saying whether it is summer: hours ahead of UTC in winter.
OF_AMERICA = {"et": -5, "ct": -6, "mt": -7, "pt": -8}


def hour_near(before: str, behind: str, day: datetime, *, is_last: bool = True) -> datetime | None:
    """The day at the first hour behind it, else at the last one before it; ``None`` where neither names one.

    Both texts are in lower case, with ASCII figures, and end at the next day of the line.
    """
    found = _CLOCK.search(_marked(behind)) if is_last or _CLOCK.search(_marked(behind)) else None
    text = _marked(behind)
    if found is None:
        text = _marked(before)
        found = next(iter([*_CLOCK.finditer(text)][::-1]), None)
    if found is None:
        return None
    hour = int(next(filter(None, (found[name] for name in ("hour", "dotted", "kl", "kanji", "whole")))))
    minute = int(
        next(filter(None, (found[name] for name in ("minute", "dotted_minute", "kl_minute", "kanji_minute"))), 0)
    )
    half = found["half"] or found["meridiem"]
    if half:
        hour = hour % 12 + 12 * half.startswith(AFTERNOON)
    if hour > 23:
        return None
    return day.replace(hour=hour, minute=minute, tzinfo=_zone(text[found.end() :], day))


def _marked(text: str) -> str:
    """The text with one word before every hour whose minutes stand behind a full stop."""
    return _AFTER_KL.sub("kl ", text)


def _zone(behind: str, day: datetime) -> tzinfo:
    found = _ZONE.match(behind)
    if found is None:
        return UTC
    if found["base"]:
        sign = 1 if found["sign"] == "+" else -1
        return _ahead(sign * (int(found["hours"]) + int(found["minutes"] or 0) / 60))
    name = found["name"]
    if name in OF_AMERICA:
        return _ahead(OF_AMERICA[name] + _is_american_summer(day))
    return _ahead(ZONES[name]) if name in ZONES else UTC


def _ahead(hours: float) -> tzinfo:
    return timezone(timedelta(hours=hours)) if hours and abs(hours) <= 14 else UTC


def _is_american_summer(day: datetime) -> bool:
    """Whether clocks are put on: from the second Sunday of March to the first of November."""
    march, november = datetime(day.year, 3, 8, tzinfo=UTC), datetime(day.year, 11, 1, tzinfo=UTC)
    begin = march + timedelta(days=(6 - march.weekday()) % 7)
    end = november + timedelta(days=(6 - november.weekday()) % 7)
    return begin <= day < end
