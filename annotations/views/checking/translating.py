"""Evidence in another language, put into that of the article."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.forms.evidence import TranslationForm
from annotations.operations.checking.evidence import AlreadyDetached, translate_evidence
from annotations.permissions import visible_evidence
from annotations.views.checking.claims import find_claim, show_claim
from annotations.views.rights import person_of, refuse_without


@login_required
@require_POST
def evidence_translate(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep a translation with the name of who made it."""
    person = person_of(request)
    evidence = get_object_or_404(visible_evidence(person).select_related("claim"), uid=uid)
    refuse_without(person, "annotations.attach_evidence")
    claim = find_claim(request, evidence.claim.uid)
    form = TranslationForm(request.POST, prefix=f"translation-{evidence.pk}")
    if not form.is_valid():
        return show_claim(request, claim, status=422, translation_forms={evidence.pk: form})
    try:
        translate_evidence(evidence=evidence, **form.cleaned_data, by=person, at=timezone.now())
    except AlreadyDetached:
        return show_claim(request, claim, status=409, problem=_("Somebody detached this passage meanwhile."))
    messages.success(request, _("The translation is kept."))
    answer = redirect("annotations:claim", uid=claim.uid)
    answer["Location"] += "#evidence"
    return answer
