from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from annotations.exports import FORMATS, Format
from annotations.forms.exports import ExportForm
from annotations.queries.exports import ExportFilters, stream


@login_required
@require_safe
def export(request: HttpRequest, format: str) -> HttpResponseBase:
    """Take annotations out as a file, narrowed by the parameters of the address."""
    assert isinstance(request.user, AbstractUser)
    if not request.user.has_perm("annotations.take_out"):
        raise PermissionDenied
    form = ExportForm(request.GET)
    if not form.is_valid():
        return _refuse(form)
    return taken_out(format_named(format), request.user, form.filters())


def format_named(name: str) -> Format:
    """:raises Http404: when there is no such format."""
    for format in FORMATS:
        if format.name == name:
            return format
    raise Http404


def taken_out(format: Format, person: AbstractUser, filters: ExportFilters) -> StreamingHttpResponse:
    """The export as an attachment, sent as the database writes it."""
    answer = StreamingHttpResponse(stream(format, person, filters), content_type=format.media_type)
    name = f"annotations-{timezone.now():%Y-%m-%d}.{format.name}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _refuse(form: ExportForm) -> HttpResponse:
    lines = [f"{name}: {' '.join(messages)}" for name, messages in form.problems().items()]
    return HttpResponseBadRequest("\n".join(lines), content_type="text/plain; charset=utf-8")
