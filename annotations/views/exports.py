from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from annotations.forms.exports import ExportForm
from annotations.queries.exports import NoSuchFormat, format_named, headers_of, stream
from articles.rights import refusal


@login_required
@require_safe
def export(request: HttpRequest, format: str) -> HttpResponseBase:
    """Take annotations out as a file, narrowed by the parameters of the address."""
    assert isinstance(request.user, AbstractUser)
    if not request.user.has_perm("annotations.take_out"):
        raise PermissionDenied(refusal(request.user, "annotations.take_out"))
    form = ExportForm(request.GET)
    if not form.is_valid():
        return _refuse(form)
    try:
        chosen = format_named(format)
    except NoSuchFormat as error:
        raise Http404 from error
    pieces = stream(chosen, request.user, form.filters())
    return StreamingHttpResponse(pieces, headers=headers_of(chosen, day=timezone.now().date()))


def _refuse(form: ExportForm) -> HttpResponse:
    lines = [f"{name}: {' '.join(messages)}" for name, messages in form.problems().items()]
    return HttpResponseBadRequest("\n".join(lines), content_type="text/plain; charset=utf-8")
