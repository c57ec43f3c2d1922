"""Marking for a study: with one key or with a form, on the pinned text, in one's own open reading."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.forms.workbench import WordsForm
from annotations.models import BiasCategory, Finding, Level, Severity
from annotations.operations.studies.apart import OutsideReading, refuse_to_touch
from annotations.operations.studies.readings import (
    AlreadySubmitted,
    NotASentence,
    NothingToTakeBack,
    record_finding,
    withdraw_finding,
)
from annotations.operations.studies.timing import note_time
from annotations.operations.workbench.bias import LevelNotOffered
from annotations.queries.studies.studying import Place, TextGone, open_study_bench
from annotations.queries.workbench.marks import label_of, sentences_of
from annotations.views.rights import person_of, refuse_without
from annotations.views.studies.studying import (
    at_place,
    choices_in,
    kind_in,
    panel_of,
    place_of,
    reading_address,
    refuse_reading,
    show_reading,
)
from annotations.views.workbench.bench import number_in
from annotations.views.workbench.markforms import AROUND_WORDS, Kind, form_panel
from annotations.views.workbench.marking import NoWords, with_new_speaker, words_of
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
from articles.models import Mark, Stale
from articles.operations.deciding import NothingToDecide, accept_suggestion, reject_suggestion
from articles.operations.quotes import AlreadyRetracted
from articles.operations.spans import StaleRevision, TextMismatch, Words

MADE = 201


@login_required
@require_POST
def mark_at_once(request: HttpRequest, slug: str, uid: UUID, layer: str) -> JsonResponse:
    """Mark the words that the page counted; answers like the same on the desk's workbench."""
    person = person_of(request)
    if layer == "quote":
        return refusal(_("A study marks claims and bias. Quotes are the desk’s."), status=BAD_FIELDS)
    try:
        place = place_of(request, slug, uid)
        kind = kind_in(place.study, layer)
        refuse_without(person, kind.may_record)
        form = WordsForm(request.POST)
        words = counted(form)
        if words is None:
            return refusal(_("Select the words first."), status=BAD_FIELDS)
        mark = kind.record(
            article=place.article,
            base=form.cleaned_data["base"],
            words=words,
            by=person,
            at=timezone.now(),
            **_values(request, place, kind, words),
        )
    except BiasCategory.DoesNotExist:
        return refusal(_("Choose what kind of bias it is."), status=BAD_FIELDS)
    except LevelNotOffered as refused:
        return refusal(str(refused), status=BAD_FIELDS)
    except (TextMismatch, ExactMismatch, OffsetsOutside):
        return refusal(other_words(), status=OTHER_WORDS)
    except StaleRevision:
        return refusal(newer_text(), status=CONFLICT)
    except (OutsideReading, TextGone) as refused:
        return refusal(str(refused), status=CONFLICT)
    _count_time(place, request)
    return JsonResponse({"uid": str(mark.uid), "label": label_of(mark)}, status=MADE)


def _values(request: HttpRequest, place: Place, kind: Kind, words: Words) -> dict[str, Any]:
    """What is known of the mark beyond its words. What the desk knows of them is not asked.

    :raises BiasCategory.DoesNotExist: when no category of the study's codebook is named.
    """
    if kind.layer == "claim":
        return {"canonical": place.article.head.text[words.start : words.end].strip(AROUND_WORDS) or "–"}
    offered = BiasCategory.objects.filter(codebook=place.study.codebook_id)
    return {"category": offered.get(slug=request.POST.get("category", "")), "severity": Severity.MILD}


def _count_time(place: Place, request: HttpRequest) -> None:
    if place.reading is not None:
        note_time(reading=place.reading, by=person_of(request), at=timezone.now())


@require_POST
@at_place
def record_mark(request: HttpRequest, place: Place, *, layer: str) -> HttpResponse:
    """Save a new mark on the words that the form names."""
    person = person_of(request)
    kind = kind_in(place.study, layer)
    refuse_without(person, kind.may_record)
    form = kind.new_form(request.POST)
    if not form.is_valid():
        return _show_form(request, place, kind, form, status=BAD_FIELDS)
    try:
        noun = _record(request, place, kind, form)
    except NoWords:
        return _show_form(request, place, kind, form, status=OTHER_WORDS)
    except LevelNotOffered as refused:
        form.add_error("level", str(refused))
        return _show_form(request, place, kind, form, status=BAD_FIELDS)
    except (TextMismatch, ExactMismatch, OffsetsOutside):
        form.add_error("words", other_words())
        return _show_form(request, place, kind, form, status=OTHER_WORDS)
    except StaleRevision:
        return refuse_reading(request, place, newer_text())
    _count_time(place, request)
    return redirect(f"{reading_address(place)}?mark={noun.uid}")


@transaction.atomic
def _record(request: HttpRequest, place: Place, kind: Kind, form: Any) -> Mark:
    person = person_of(request)
    values = with_new_speaker(form, form.values(), person)
    if form.cleaned_data.get("level") != Level.ARTICLE:
        values.update(base=form.cleaned_data["base"], words=words_of(form, place.article))
    return kind.record(article=place.article, by=person, at=timezone.now(), **values)


def _show_form(request: HttpRequest, place: Place, kind: Kind, form: Any, *, status: int) -> HttpResponse:
    bench = open_study_bench(place, person_of(request))
    return show_reading(request, place, bench, form_panel(kind, form, choices=choices_in(form)), status=status)


@require_POST
@at_place
def change_mark(request: HttpRequest, place: Place, *, layer: str, mark: UUID) -> HttpResponse:
    """Save what is said of a mark of one's own."""
    kind, noun = _own(request, place, layer, mark)
    form = kind.changed_form(request.POST)
    if not form.is_valid():
        bench = open_study_bench(place, person_of(request), selected=str(mark))
        panel = panel_of(request, place, bench)
        panel.context["editing"] = {"form": form, "kind": kind, "speakers": ()}
        return show_reading(request, place, bench, panel, status=BAD_FIELDS)
    try:
        with transaction.atomic():
            values = with_new_speaker(form, form.values(), person_of(request))
            seen = form.cleaned_data["version"]
            kind.change(**{kind.noun: noun}, seen=seen, by=person_of(request), at=timezone.now(), **values)
    except (Stale, AlreadyRetracted) as changed:
        return _show_changed(request, place, mark, changed)
    _count_time(place, request)
    if request.POST.get("autosave"):
        return JsonResponse({"version": noun.version})
    return redirect(f"{reading_address(place)}?mark={noun.uid}")


def _show_changed(request: HttpRequest, place: Place, mark: UUID, changed: Stale | AlreadyRetracted) -> HttpResponse:
    """What became of a mark of one's own in another window."""
    if isinstance(changed, AlreadyRetracted):
        return refuse_reading(request, place, _("This mark was retracted before."))
    problem = _("You changed this mark in another window. Look at it as it stands now.")
    return refuse_reading(request, place, problem, mark=mark)


def _own(request: HttpRequest, place: Place, layer: str, mark: UUID) -> tuple[Kind, Any]:
    """A mark of one's own reading; 404 for everything else."""
    kind = kind_in(place.study, layer)
    person = person_of(request)
    mine = kind.visible(person).filter(project=place.study, article=place.article, created_by=person.pk)
    noun = get_object_or_404(mine.select_related("project", "article"), uid=mark)
    refuse_without(person, kind.may_change, noun)
    return kind, noun


@require_POST
@at_place
def retract_mark(request: HttpRequest, place: Place, *, layer: str, mark: UUID) -> HttpResponse:
    """Take a mark of one's own back, with the version that was seen."""
    kind, noun = _own(request, place, layer, mark)
    try:
        kind.retract(**{kind.noun: noun}, seen=number_in(request, "version"), by=person_of(request), at=timezone.now())
    except (Stale, AlreadyRetracted) as changed:
        return _show_changed(request, place, mark, changed)
    _count_time(place, request)
    return redirect(reading_address(place))


DECISIONS = {"accept": accept_suggestion, "reject": reject_suggestion}


@require_POST
@at_place
def decide_mark(request: HttpRequest, place: Place, *, layer: str, mark: UUID) -> HttpResponse:
    """Accept or reject what a machine proposed to this reader."""
    _kind, noun = _own(request, place, layer, mark)
    decide = DECISIONS.get(request.POST.get("decision", ""))
    if decide is None:
        return refuse_reading(request, place, _("Choose: accept it, or reject it."), mark=mark, status=BAD_FIELDS)
    try:
        with transaction.atomic():
            refuse_to_touch(noun, by=person_of(request))
            decide(mark=noun, seen=number_in(request, "version"), by=person_of(request), at=timezone.now())
    except (Stale, NothingToDecide, AlreadyRetracted):
        problem = _("You decided on this suggestion in another window. Look at it as it stands now.")
        return refuse_reading(request, place, problem, mark=mark)
    _count_time(place, request)
    waiting = [each for each in open_study_bench(place, person_of(request)).placed if each.is_suggested]
    following = waiting[0].uid if waiting else noun.uid if noun.is_live else None
    return redirect(f"{reading_address(place)}?mark={following}" if following else reading_address(place))


@login_required
@require_POST
def say_of_sentence(request: HttpRequest, slug: str, uid: UUID) -> JsonResponse:
    """Say ``finding`` of a sentence in one's own reading; an empty one takes it back."""
    form = WordsForm(request.POST)
    words, finding = counted(form), request.POST.get("finding", "")
    if words is None or finding not in {*Finding.values, ""}:
        return refusal(_("Say of a whole sentence: nothing found, or opinion."), status=BAD_FIELDS)
    try:
        place = place_of(request, slug, uid)
        _say(place, words, finding, request)
    except (AlreadySubmitted, NothingToTakeBack, OutsideReading, TextGone) as refused:
        return refusal(str(refused), status=CONFLICT)
    except (NotASentence, TextMismatch, ExactMismatch, OffsetsOutside):
        return refusal(other_words(), status=OTHER_WORDS)
    _count_time(place, request)
    return JsonResponse({"finding": finding, "said": _told(finding)})


@require_POST
@at_place
def say_of_numbered_sentence(request: HttpRequest, place: Place) -> HttpResponse:
    """The same of the sentence with a number of the margin, for whoever has no script."""
    finding, number = request.POST.get("finding", ""), number_in(request, "sentence")
    places = sentences_of(place.article.head.text)
    if finding not in {*Finding.values, ""} or not 1 <= number <= len(places):
        problem = _("Give the number of a sentence from 1 to %(last)s, and say: nothing found, or opinion.")
        return refuse_reading(request, place, problem % {"last": len(places)}, status=BAD_FIELDS)
    try:
        _say(place, Words(*places[number - 1]), finding, request)
    except (AlreadySubmitted, NothingToTakeBack) as refused:
        return refuse_reading(request, place, str(refused))
    _count_time(place, request)
    messages.success(request, _("Sentence %(number)s: %(finding)s.") % {"number": number, "finding": _told(finding)})
    return redirect(reading_address(place))


def _say(place: Place, words: Words, finding: str, request: HttpRequest) -> None:
    person, at = person_of(request), timezone.now()
    refuse_without(person, "annotations.read_for_study")
    if place.reading is None:
        raise OutsideReading(_("Begin to read this text for the study first."))
    if finding:
        record_finding(reading=place.reading, words=words, finding=Finding(finding), by=person, at=at)
    else:
        withdraw_finding(reading=place.reading, words=words, by=person, at=at)


def _told(finding: str) -> str:
    return str(Finding(finding).label) if finding else _("taken back")
