"""Small look-ups of the pages that judge."""

from collections.abc import Mapping
from typing import Any

from django import template

from annotations.queries.verdicts import OPEN, TONES

register = template.Library()


@register.simple_tag
def tone_of(verdict: str) -> str:
    """The tone in which a verdict is drawn; open for none."""
    return TONES.get(verdict, OPEN)


@register.filter
def of(table: Mapping[Any, Any], key: Any) -> Any:
    """What a table holds under a key; an empty list for nothing."""
    return table.get(key, [])
