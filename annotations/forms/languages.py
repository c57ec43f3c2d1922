"""The languages an article may be said to be in: BCP 47 tags with their names."""

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

UNSTATED = ("", _("not stated"))


def _tag(code: str) -> str:
    """``pt-br`` as BCP 47 writes it: ``pt-BR``; scripts with a capital, regions in capitals."""
    language, *rest = code.split("-")
    return "-".join([language, *(part.upper() if len(part) == 2 else part.title() for part in rest)])


LANGUAGES = tuple(
    sorted(
        ((_tag(code), str(known["name"])) for code, known in LANG_INFO.items() if "name" in known),
        key=lambda choice: choice[1],
    )
)
