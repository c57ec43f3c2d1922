"""Texts that were stored after a claim had been judged."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.operations.checking.latersources import put_later_source_aside
from annotations.permissions import visible_later_sources
from annotations.views.rights import person_of, refuse_without


@login_required
@require_POST
def put_aside(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that one says nothing new: the verdict is not stale for it any more."""
    person = person_of(request)
    later = get_object_or_404(visible_later_sources(person).select_related("claim"), uid=uid)
    refuse_without(person, "annotations.attach_evidence")
    put_later_source_aside(later=later, by=person, at=timezone.now())
    messages.success(request, _("The verdict is not stale for this source any more."))
    return redirect("annotations:claim", uid=later.claim.uid)
