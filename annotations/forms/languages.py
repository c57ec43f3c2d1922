"""The languages an article may be said to be in: BCP 47 tags with the names their speakers give them."""

from collections.abc import Sequence

from django.conf.locale import LANG_INFO
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNSTATED = ("", _("not stated"))

Choice = tuple[str, str | Promise]


def _tag(code: str) -> str:
    """``pt-br`` as BCP 47 writes it: ``pt-BR``; scripts with a capital, regions in capitals."""
    language, *rest = code.split("-")
    return "-".join([language, *(part.upper() if len(part) == 2 else part.title() for part in rest)])


def _name(known: dict[str, str]) -> str:
    """Deutsch (German): its own name first, so that typing leads to it; the other for who cannot read it."""
    own = known["name_local"][:1].upper() + known["name_local"][1:]
    return own if own.casefold() == known["name"].casefold() else f"{own} ({known['name']})"


LANGUAGES = tuple(
    sorted(
        ((_tag(code), _name(known)) for code, known in LANG_INFO.items() if "name" in known),
        key=lambda choice: choice[1].casefold(),
    )
)


def language_choices(*, first: Sequence[str] = ()) -> list[Choice | tuple[str | Promise, list[Choice]]]:
    """Not stated, then the languages whose tags come ``first``, then all others."""
    names = dict(LANGUAGES)
    ours: list[Choice] = [(tag, names[tag]) for tag in first if tag in names]
    others: list[Choice] = [(tag, name) for tag, name in LANGUAGES if tag not in first]
    return [UNSTATED, (_("On this desk"), ours), (_("All others"), others)] if ours else [UNSTATED, *others]
