"""Small look-ups of the pages that judge."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from annotations.models import CheckState
from annotations.queries.claimchecks import STEPS
from annotations.queries.claims import TONE_NAMES
from annotations.queries.verdicts import OPEN, TONES, qualifiers_beside

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
