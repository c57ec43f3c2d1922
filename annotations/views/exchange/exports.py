from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from annotations.exports import Format
from annotations.forms.exports import ExportForm
from annotations.queries.exchange.exportfilters import ExportFilters
from annotations.queries.exchange.exports import (
    ExtraIsMissing,
    NamesTravel,
    NoSuchFormat,
    count_records,
    format_for,
    manifest_of,
)
from annotations.queries.exchange.exportsending import sent
from annotations.views.rights import person_of, refuse_without


@login_required
@require_safe
def export(request: HttpRequest, format: str) -> HttpResponseBase:
    """Take annotations out as a file, narrowed by the parameters of the address."""
    person = person_of(request)
    refuse_without(person, "annotations.take_out")
    asked = _asked(request, format)
    if isinstance(asked, HttpResponse):
        return asked
    chosen, filters = asked
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    pieces, headers = sent(
        chosen,
        person,
        filters,
        accepted=request.headers.get("Accept-Encoding", ""),
        described_by=request.build_absolute_uri(reverse("annotations:export-manifest", args=[format]) + query),
        day=timezone.now().date(),
    )
    return StreamingHttpResponse(pieces, headers=headers)


@login_required
@require_safe
def manifest(request: HttpRequest, format: str) -> HttpResponse:
    """What an export would hold now."""
    person = person_of(request)
    refuse_without(person, "annotations.take_out")
    asked = _asked(request, format)
    if isinstance(asked, HttpResponse):
        return asked
    chosen, filters = asked
    return JsonResponse(manifest_of(chosen, filters, records=count_records(person, filters)))


def _asked(request: HttpRequest, name: str) -> tuple[Format, ExportFilters] | HttpResponse:
    """The format and the filters of an address, or why there is nothing to send."""
    form = ExportForm(request.GET)
    if not form.is_valid():
        return _refuse(form)
    filters = form.filters()
    try:
        return format_for(name, filters), filters
    except NoSuchFormat as error:
        raise Http404 from error
    except NamesTravel as error:
        return HttpResponseBadRequest(f"anonymous: {error}", content_type="text/plain; charset=utf-8")
    except ExtraIsMissing as error:
        return HttpResponse(str(error), status=501, content_type="text/plain; charset=utf-8")


def _refuse(form: ExportForm) -> HttpResponse:
    lines = [f"{name}: {' '.join(messages)}" for name, messages in form.problems().items()]
    return HttpResponseBadRequest("\n".join(lines), content_type="text/plain; charset=utf-8")
