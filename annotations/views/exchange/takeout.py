from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.exports import FORMATS, Format
from annotations.forms.takeout import TakeOutForm
from annotations.queries.exchange.exports import is_available
from annotations.queries.exchange.takeout import first_rows, hold_sample_material
from annotations.views.rights import person_of, refuse_without


@login_required
@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """What can be taken out, narrowed, with its first rows and the call that does the same."""
    person = person_of(request)
    refuse_without(person, "annotations.take_out")
    asked = request.GET.copy()
    is_looking = asked.pop("look", None) is not None
    form = TakeOutForm(asked, person=person)
    is_valid = form.is_valid()
    narrowed = {name: str(value) for name, value in asked.items() if value}
    rows = first_rows(person, form.filters()) if is_valid and is_looking else None
    return render(
        request,
        "annotations/exports.html",
        {
            "form": form,
            "is_valid": is_valid,
            "rows": rows,
            "is_demonstration": bool(rows) and hold_sample_material(rows or ()),
            "query": _query(narrowed),
            "offers": [_offer(format) for format in FORMATS],
            "origin": request.build_absolute_uri("/").rstrip("/"),
        },
        status=200 if is_valid else 422,
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """A format, as the page offers it."""

    name: str
    title: str
    sentence: str
    drops: str
    extra: str
    is_available: bool


def _offer(format: Format) -> Offer:
    about = format.about
    extra = about.extra[0] if about.extra else ""
    drops = _(about.drops) if about.drops else ""
    return Offer(format.name, about.title, _(about.sentence), drops, extra, is_available(format))


def _query(narrowed: dict[str, str]) -> str:
    return f"?{urlencode(narrowed)}" if narrowed else ""
