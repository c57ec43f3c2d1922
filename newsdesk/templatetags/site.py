"""The chrome that every page of the desk wears."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the site menu; ``key`` is the letter that goes there after ``g``."""

    name: str | Promise
    address: str
    key: str

    def standing(self, path: str) -> str:
        """What ``aria-current`` says to somebody who is at ``path``: on this page, inside it, or nothing."""
        if path == self.address:
            return "page"
        return "true" if self.address != "/" and path.startswith(self.address) else ""


SECTIONS = (
    Section(_("Desk"), "/", "d"),
    Section(_("Articles"), "/articles/", "a"),
    Section(_("Claims"), "/claims/", "c"),
    Section(_("Sources"), "/sources/", "s"),
    Section(_("Speakers"), "/speakers/", "p"),
    Section(_("Exports"), "/exports/", "x"),
)


@register.inclusion_tag("components/_site_menu.html", takes_context=True)
def site_menu(context: Context) -> dict[str, Any]:
    """The sections of the site, with the one that the reader is in."""
    path = context["request"].path
    return {"entries": [(section, section.standing(path)) for section in SECTIONS]}


@register.inclusion_tag("components/_go_keys.html")
def go_keys() -> dict[str, Any]:
    """The letters that lead to the sections, for the list of keys."""
    return {"sections": SECTIONS}
