"""Saying of a sentence that it was read: nothing found in it, or opinion; with a key, or by its number in a form."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.forms.workbench import WordsForm
from annotations.models import Finding
from annotations.operations.checking.claims import everyday_desk
from annotations.operations.studies.readings import (
    AlreadySubmitted,
    NotASentence,
    NothingToTakeBack,
    begin_reading,
    record_finding,
    submit_reading,
    withdraw_finding,
)
from annotations.queries.workbench.marks import sentences_of
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import find_article, go_to_bench, number_in, refuse_on_bench
from annotations.views.workbench.refusing import (
    BAD_FIELDS,
    CONFLICT,
    OTHER_WORDS,
    counted,
    newer_text,
    other_words,
    refusal,
)
from articles.anchoring.selectors import ExactMismatch, OffsetsOutside
from articles.models import Article
from articles.operations.spans import TextMismatch, Words


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
    try:
        _say(article, words, finding, by=person)
    except (AlreadySubmitted, NothingToTakeBack) as refused:
        return refusal(str(refused), status=CONFLICT)
    except (NotASentence, TextMismatch, ExactMismatch, OffsetsOutside):
        return refusal(other_words(), status=OTHER_WORDS)
    return JsonResponse({"finding": finding, "said": _said(finding)})


@login_required
@require_POST
def say_of_numbered_sentence(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same of the sentence with a number of the margin, for whoever has no script."""
    article, person = find_article(request, uid), person_of(request)
    refuse_without(person, "annotations.read_for_study")
    finding, number = request.POST.get("finding", ""), number_in(request, "sentence")
    if finding not in {*Finding.values, ""}:
        return refuse_on_bench(request, article, _("Say of a whole sentence: nothing found, or opinion."), status=400)
    if number_in(request, "base") != article.head.number:
        return refuse_on_bench(request, article, newer_text(), status=CONFLICT)
    places = sentences_of(article.head.text)
    if not 1 <= number <= len(places):
        problem = _("There is no sentence %(number)s here: they go from 1 to %(last)s.")
        sent = request.POST.get("sentence", "")[:20]
        return refuse_on_bench(request, article, problem % {"number": sent, "last": len(places)}, status=400)
    try:
        _say(article, Words(*places[number - 1]), finding, by=person)
    except (AlreadySubmitted, NothingToTakeBack) as refused:
        return refuse_on_bench(request, article, str(refused), status=CONFLICT)
    told = _("Sentence %(number)s: %(finding)s.") % {"number": number, "finding": _said(finding)}
    messages.success(request, told)
    return go_to_bench(article)


@login_required
@require_POST
def read_to_the_end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that one has read the newest text to the end: every sentence of it counts as read from now on."""
    article, person = find_article(request, uid), person_of(request)
    refuse_without(person, "annotations.read_for_study")
    if number_in(request, "base") != article.head.number:
        return refuse_on_bench(request, article, newer_text(), status=CONFLICT)
    try:
        _read_whole(article, by=person)
    except AlreadySubmitted:
        messages.info(request, _("You said before that you have read this text to the end."))
    else:
        messages.success(request, _("Noted: you have read this text to the end. All its sentences count as read."))
    return go_to_bench(article)


@transaction.atomic
def _read_whole(article: Article, *, by: AbstractUser) -> None:
    at = timezone.now()
    reading = begin_reading(revision=article.head, project=everyday_desk(), by=by, at=at)
    submit_reading(reading=reading, seen=reading.version, by=by, at=at)


@transaction.atomic
def _say(article: Article, words: Words, finding: str, *, by: AbstractUser) -> None:
    at = timezone.now()
    reading = begin_reading(revision=article.head, project=everyday_desk(), by=by, at=at)
    if finding:
        record_finding(reading=reading, words=words, finding=Finding(finding), by=by, at=at)
    else:
        withdraw_finding(reading=reading, words=words, by=by, at=at)


def _said(finding: str) -> str:
    return str(Finding(finding).label) if finding else _("taken back")
