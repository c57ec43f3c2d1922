"""The signs of the sprite."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def sign(name: str, *, classes: str = "icon-s") -> SafeString:
    """One sign of the sprite, hidden from screen readers, so a word stands beside it.

    ``name`` is a symbol of static/icons.svg without its ``i-``; ``classes`` size it or mirror it (``icon-turns``).
    """
    return SafeString(draw_sign(name, classes))


@lru_cache(maxsize=256)
def draw_sign(name: str, classes: str = "icon-s") -> str:
    """Remembered, because finding the address of a static file takes longer than the rest. Nothing without a name."""
    if not name:
        return ""
    address = escape(f"{static('icons.svg')}#i-{name}")
    drawn = f"icon {classes}".rstrip()
    return f'<svg class="{drawn}" aria-hidden="true" focusable="false"><use href="{address}"/></svg>'
