"""The keys that a person has, on controls, in the list of keys and for the scripts of a page.

Who asks is taken from the request of the context itself, which parts of a page that are included with ``only`` keep.
"""

import json

from django import template
from django.template import Context
from django.utils.html import format_html

from newsdesk.keymap import differences, keys_of

register = template.Library()


def _keys(context: Context) -> dict[str, str]:
    request = getattr(context, "request", None)
    return keys_of(getattr(request, "user", None))


@register.simple_tag(takes_context=True)
def key(context: Context, act: str) -> str:
    """The key that does the act with this slug; drawn in a ``<kbd>``.

    :raises KeyError: when no act is called so.
    """
    return _keys(context)[act]


@register.simple_tag(takes_context=True)
def keymap_attribute(context: Context) -> str:
    """The person's own keys for ``keys.js``, as an attribute of the body; nothing where they are those of everybody."""
    own = differences(_keys(context))
    return format_html(' data-keymap="{}"', json.dumps(own, ensure_ascii=False)) if own else ""
