"""Saying of a sentence that it was read: nothing found in it, or opinion. For the script of the workbench."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.forms.workbench import WordsForm
from annotations.models import Finding
from annotations.operations.claims import everyday_desk
from annotations.operations.readings import (
    AlreadySubmitted,
    NotASentence,
    NothingToTakeBack,
    begin_reading,
    record_finding,
    withdraw_finding,
)
from annotations.views.bench import find_article
from annotations.views.refusing import BAD_FIELDS, CONFLICT, OTHER_WORDS, counted, newer_text, other_words, refusal
from annotations.views.rights import person_of, refuse_without
from articles.anchoring.selectors import ExactMismatch, OffsetsOutside
from articles.operations.spans import TextMismatch


@login_required
@require_POST
def say_of_sentence(request: HttpRequest, uid: UUID) -> JsonResponse:
    """Say ``finding`` of a sentence in the reader's own reading of the newest text; an empty one takes it back."""
    article, person = find_article(request, uid), person_of(request)
    refuse_without(person, "annotations.read_for_study")
    form = WordsForm(request.POST)
    words, finding = counted(form), request.POST.get("finding", "")
    if words is None or finding not in {*Finding.values, ""}:
        return refusal(_("Say of a whole sentence: nothing found, or opinion."), status=BAD_FIELDS)
    if form.cleaned_data["base"] != article.head.number:
        return refusal(newer_text(), status=CONFLICT)
    at = timezone.now()
    try:
        with transaction.atomic():
            reading = begin_reading(revision=article.head, project=everyday_desk(), by=person, at=at)
            if finding:
                record_finding(reading=reading, words=words, finding=Finding(finding), by=person, at=at)
            else:
                withdraw_finding(reading=reading, words=words, by=person, at=at)
    except (AlreadySubmitted, NothingToTakeBack) as refused:
        return refusal(str(refused), status=CONFLICT)
    except (NotASentence, TextMismatch, ExactMismatch, OffsetsOutside):
        return refusal(other_words(), status=OTHER_WORDS)
    said = str(Finding(finding).label) if finding else _("taken back")
    return JsonResponse({"finding": finding, "said": said})
