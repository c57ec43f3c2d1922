"""The chrome that every page of the desk wears."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.template import Context
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

register = template.Library()


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the site menu; ``key`` is the letter that goes there after ``g``.

    :ivar right: what opening it asks for; empty when it is open to everybody who is signed in.
    """

    name: str | Promise
    address: str
    key: str
    right: str = ""

    def standing(self, path: str) -> str:
        """What ``aria-current`` says to somebody who is at ``path``: on this page, inside it, or nothing."""
        if path == self.address:
            return "page"
        return "true" if self.address != "/" and path.startswith(self.address) else ""


SECTIONS = (
    Section(_("Desk"), "/", "d"),
    Section(_("Articles"), "/articles/", "a"),
    Section(_("Claims"), "/claims/", "c"),
    Section(_("Sources"), "/sources/", "s", "articles.view_sources"),
    Section(_("Speakers"), "/speakers/", "p"),
    Section(_("Research"), "/research/", "t", "annotations.read_for_study"),
    Section(_("Insights"), "/insights/", "i", "annotations.see_insights"),
    Section(_("Exports"), "/exports/", "x", "annotations.take_out"),
)


def _open_to(person: AbstractUser | AnonymousUser) -> list[Section]:
    return [section for section in SECTIONS if not section.right or person.has_perm(section.right)]


@register.inclusion_tag("components/_site_menu.html", takes_context=True)
def site_menu(context: Context) -> dict[str, Any]:
    """The sections that the reader may open, with the one that they are in."""
    request = context["request"]
    return {"entries": [(section, section.standing(request.path)) for section in _open_to(request.user)]}


@register.inclusion_tag("components/_go_keys.html", takes_context=True)
def go_keys(context: Context) -> dict[str, Any]:
    """The letters that lead to these sections, for the list of keys."""
    return {"sections": _open_to(context["request"].user)}
