"""Which way a text is laid out."""

from django import template

from articles.anchoring.direction import direction_of

register = template.Library()


@register.filter
def direction(text: str) -> str:
    """For ``dir=``, where ``auto`` would go by a badge or a label that stands before the text."""
    return direction_of(text)
