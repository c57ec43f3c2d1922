"""Small look-ups of the pages that judge."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import ngettext

from annotations.models import CheckState
from annotations.queries.checking.claimchecks import STEPS
from annotations.queries.checking.claims import TONE_NAMES
from annotations.queries.checking.verdicts import OPEN, TONES, qualifiers_beside
from annotations.queries.desk.columns import Column, Period
from articles.models import QuoteKind

register = template.Library()


@register.filter
def tone(verdict: str) -> str:
    """The tone in which a verdict is drawn; open for none."""
    return TONES.get(verdict, OPEN)


@register.filter
def tone_name(tone: str) -> str:
    """What the evidence says, where no rating says it."""
    return str(TONE_NAMES[tone])


@register.filter
def state_name(state: str) -> str:
    """How far a check has come, in words."""
    return str(CheckState(state).label)


@register.filter
def state_step(state: str) -> int:
    """How far a check has come, in filled ticks of seven."""
    return STEPS[state]


@register.filter
def beside(qualifiers: Iterable[str], rating: str) -> str:
    """The qualifiers that are said beside a rating."""
    return qualifiers_beside(rating, qualifiers)


@register.filter
def of(table: Mapping[Any, Any], key: Any) -> Any:
    """What a table holds under a key; an empty list for nothing."""
    return table.get(key, [])


@register.filter
def shortly_of(first: date, period: str) -> str:
    """The label of a column: a day without its year, a month, a year."""
    if period == Period.DAY or (period == Period.MONTH and first.month > 1):
        return date_format(first, "j M" if period == Period.DAY else "M")
    return date_format(first, "M Y" if period == Period.MONTH else "Y")


@register.filter
def wholly_of(first: date, period: str) -> str:
    """A period in full: 13 May 2025, May 2025 or 2025."""
    return date_format(first, {Period.DAY: "DATE_FORMAT", Period.MONTH: "F Y", Period.YEAR: "Y"}[Period(period)])


@register.filter
def spoken(column: Column, period: str) -> str:
    """What a column says aloud: May 2025: 4 quotes, 3 direct, 1 indirect."""
    total = ngettext("%(number)d quote", "%(number)d quotes", column.total) % {"number": column.total}
    parts = ", ".join(f"{part.count} {QuoteKind(part.kind).label}" for part in column.parts)
    return f"{wholly_of(column.first, period)}: {total}, {parts}"


@register.filter
def count_of(column: Column, kind: str) -> int:
    """How many of one kind are in a column."""
    return column.count(kind)
