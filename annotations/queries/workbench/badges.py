"""What badges say of marks, in the reader's language: whole, for the server, and as phrases, for the script."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

TONE_NAMES: dict[str, str | Promise] = {
    "supported": gettext_lazy("supported"),
    "refuted": gettext_lazy("refuted"),
    "conflicting": gettext_lazy("conflicting evidence"),
    "lacking": gettext_lazy("not enough evidence"),
    "open": gettext_lazy("no verdict yet"),
    "none": gettext_lazy("not checkable"),
}
# Marks of one kind in a sentence that the script counts in its own words; of more it says this many.
MOST_COUNTED = 40


# A thousand marks say a few things over and over, and asking for a translation each time takes longer than drawing.
@lru_cache(maxsize=4096)
def kind_words(language: str, layer: str, first: str, second: str, is_suggested: bool, needs_look: bool) -> str:
    """One mark: a claim by its tone, a tag by category and severity, a quote by its kind and who speaks."""
    with override(language):
        if layer == "claim":
            parts = [_("claim, %(verdict)s") % {"verdict": str(TONE_NAMES[first])}]
        elif layer == "bias":
            parts = [_("%(category)s, severity %(severity)s") % {"category": first, "severity": second}]
        else:
            parts = [_("%(kind)s quote, %(name)s") % {"kind": _kind_names()[first], "name": second or _("unknown")}]
        parts += [_("suggested")] if is_suggested else []
        parts += [_("needs a look")] if needs_look else []
        return ", ".join(parts)


@lru_cache(maxsize=4096)
def several(language: str, what: str, count: int, detail: str = "") -> str:
    """What a badge says that stands for several marks: ``quotes``, ``tags`` or ``doubtful`` ones."""
    with override(language):
        return _counted(what, count) % {"count": count, "detail": detail or _("unknown")}


def _counted(what: str, count: int) -> str:
    if what == "quotes":
        return ngettext("%(count)s quote, %(detail)s", "%(count)s quotes, %(detail)s", count)
    if what == "tags":
        return ngettext(
            "%(count)s bias tag, severity up to %(detail)s", "%(count)s bias tags, severity up to %(detail)s", count
        )
    return ngettext("%(count)s mark needs a look", "%(count)s marks need a look", count)


def _kind_names() -> dict[str, str]:
    return {"direct": _("direct"), "indirect": _("indirect"), "mixed": _("mixed")}


def phrases() -> dict[str, Any]:
    """The same phrases with their gaps, in the language in force. Of counted ones there is one for each number from 0,
    because languages have more than two."""
    return {
        "claim": _("claim, %(verdict)s"),
        "tag": _("%(category)s, severity %(severity)s"),
        "quote": _("%(kind)s quote, %(name)s"),
        "suggested": _("suggested"),
        "look": _("needs a look"),
        "unknown": _("unknown"),
        "offline": _("The desk does not answer. Nothing was saved; try it again."),
        "kinds": _kind_names(),
        "tones": {tone: str(name) for tone, name in TONE_NAMES.items()},
        **{what: _by_number(what) for what in ("quotes", "tags", "doubtful")},
    }


def _by_number(what: str) -> dict[str, list[Any]]:
    """``forms``, and for each number the place of its form."""
    each = [_counted(what, count) for count in range(MOST_COUNTED + 1)]
    forms = list(dict.fromkeys(each))
    return {"forms": forms, "places": [forms.index(form) for form in each]}
