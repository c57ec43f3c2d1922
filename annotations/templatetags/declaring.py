from __future__ import annotations

from django import template

from articles.models import ChangeKind

register = template.Library()


@register.simple_tag
def change_kinds() -> list[tuple[str, str]]:
    """The kinds of changes, each with what it is called."""
    return [(kind.value, str(kind.label)) for kind in ChangeKind]
