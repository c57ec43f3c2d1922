"""Reading a text for a study: the workbench on the pinned revision, with one's own marks and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.forms.workbench import ChangedTag, NewTag, letter_of
from annotations.models import Participant, Project
from annotations.operations.checking.claims import record_claim
from annotations.operations.studies.apart import OutsideReading
from annotations.operations.studies.handingout import ConsentMissing, consent
from annotations.operations.studies.readings import AlreadySubmitted, begin_reading, submit_reading
from annotations.operations.studies.rounds import TextWithdrawn
from annotations.operations.studies.timing import note_time
from annotations.operations.workbench.bias import tag_bias
from annotations.permissions import visible_projects, visible_study_claims, visible_study_tags
from annotations.queries.studies.studying import (
    Place,
    TextGone,
    inspect_own,
    next_text,
    open_study_bench,
    place_in_study,
    sentences_left,
)
from annotations.queries.workbench.page import Workbench
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import AROUND, MOST_DRAWN, Panel, asked_mark, number_in
from annotations.views.workbench.markforms import AROUND_WORDS, KINDS, Choice, Kind, editing, form_panel
from articles.models import Stale

CONFLICT = 409


def place_of(request: HttpRequest, slug: str, uid: UUID) -> Place:
    """Where the person is; 404 for whoever has no such text.

    :raises TextGone: when it is theirs and cannot be read just now.
    """
    place = place_in_study(person_of(request), slug, uid)
    if place is None:
        raise Http404
    return place


def kind_in(study: Project, layer: str) -> Kind:
    """A kind of mark as a study has it: its codebook, its own marks. Studies mark claims and bias, not quotes."""
    if layer == "bias":
        return replace(
            KINDS[layer],
            new_form=_of_codebook(NewTag, study.codebook_id),
            changed_form=_of_codebook(ChangedTag, study.codebook_id),
            visible=visible_study_tags,
            record=partial(tag_bias, project=study),
        )
    if layer == "claim":
        return replace(KINDS[layer], visible=visible_study_claims, record=partial(record_claim, project=study))
    raise Http404(layer)


def _of_codebook(form: type[Any], codebook: int) -> type[Any]:
    return type(form.__name__, (form,), {"codebook": codebook})


def reading_address(place: Place) -> str:
    return reverse("annotations:study-read", args=[place.study.slug, place.article.uid])


def at_place(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the place in a study that its address names; say why where it is gone, or nothing can be written."""

    @login_required
    @wraps(view)
    def seen_from(request: HttpRequest, slug: str, uid: UUID, **named: Any) -> HttpResponse:
        try:
            place = place_of(request, slug, uid)
        except TextGone as gone:
            return show_gone(request, slug, str(gone))
        try:
            return view(request, place, **named)
        except OutsideReading as refused:
            return refuse_reading(request, place, str(refused), mark=named.get("mark"))

    return seen_from


@require_safe
@at_place
def read_for_study(request: HttpRequest, place: Place) -> HttpResponse:
    """The text with its guidelines. ``?mark=`` selects a mark, ``?new=claim`` opens the form of a new one."""
    bench = open_study_bench(place, person_of(request), selected=asked_mark(request))
    if request.GET.get("new") in {"claim", "bias"} and place.is_open:
        return show_reading(request, place, bench, _new_panel(request, place, bench))
    return show_reading(request, place, bench, panel_of(request, place, bench))


def _new_panel(request: HttpRequest, place: Place, bench: Workbench) -> Panel:
    """An empty form for the words that the address names, or for words to be typed."""
    kind = kind_in(place.study, request.GET["new"])
    initial: dict[str, Any] = {"base": bench.revision.number, "text_sha256": bench.revision.text_sha256}
    start, end = (request.GET.get(name, "") for name in ("start", "end"))
    if start.isdigit() and end.isdigit() and int(start) < int(end) <= len(bench.text):
        exact = bench.text[int(start) : int(end)]
        initial.update(start=int(start), end=int(end), exact=exact)
        if kind.layer == "claim":
            initial["canonical"] = exact.strip(AROUND_WORDS)
    if request.GET.get("level"):
        initial["level"] = request.GET["level"]
    form = kind.new_form(initial=initial)
    return form_panel(kind, form, choices=choices_in(form))


def choices_in(form: forms.Form) -> list[Choice]:
    """The categories of a form, without words that others tagged with them."""
    categories = getattr(form, "categories", {})
    return [
        Choice(slug, letter_of(category), category.name, category.definition, ())
        for slug, category in categories.items()
    ]


def panel_of(request: HttpRequest, place: Place, bench: Workbench, **more: Any) -> Panel:
    """The selected mark with its form, or what the study says about this text."""
    if bench.selected is None:
        return Panel("annotations/_study_panel.html", "", {"mark_is_gone": "mark" in request.GET, **more})
    kind = kind_in(place.study, bench.selected.layer)
    noun = get_object_or_404(kind.visible(person_of(request)).select_related("created_by"), uid=bench.selected.uid)
    context: dict[str, Any] = {
        "inspected": inspect_own(bench, bench.selected, noun),
        "mark": bench.selected,
        "noun": noun,
        **more,
    }
    if place.is_open:
        context["editing"] = editing(request, bench, noun, kind)
    return Panel("annotations/_inspect_study.html", bench.selected.label, context)


def show_reading(
    request: HttpRequest, place: Place, bench: Workbench, panel: Panel, *, status: int = 200
) -> HttpResponse:
    """The whole page; only its bench, or only its inspector, when the page's script asks for that."""
    person = person_of(request)
    target = request.headers.get("HX-Target", "") if request.headers.get("HX-Request") == "true" else None
    context = {
        "place": place,
        "study": place.study,
        "reading": place.reading,
        "bench": bench,
        "article": place.article,
        "revision": bench.revision,
        "panel": panel,
        "acts_at": reading_address(place),
        "may_mark": place.is_open,
        "may_decide": False,
        "may_repair": False,
        "is_old": False,
        "is_bare": len(bench.placed) > MOST_DRAWN and "drawn" not in request.GET,
        "is_panel": target == "inspector",
        "is_around": target == AROUND,
        "left": sentences_left(bench),
        "following": next_text(person, place.study, after=place),
        **panel.context,
    }
    template = {None: "study_read", "inspector": "_inspector"}.get(target, "_study_bench")
    response = render(request, f"annotations/{template}.html", context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def show_gone(request: HttpRequest, slug: str, reason: str) -> HttpResponse:
    """Why a text of a study cannot be read; nothing of what it says."""
    study = get_object_or_404(visible_projects(person_of(request)), slug=slug, is_default=False)
    return render(request, "annotations/study_gone.html", {"study": study, "reason": reason}, status=CONFLICT)


def refuse_reading(
    request: HttpRequest, place: Place, problem: str, *, mark: UUID | None = None, status: int = CONFLICT
) -> HttpResponse:
    """The page as it stands, with the sentence that says why nothing was written."""
    bench = open_study_bench(place, person_of(request), selected=str(mark or ""))
    return show_reading(request, place, bench, panel_of(request, place, bench, problem=problem), status=status)


@login_required
@require_POST
def begin(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Begin to read; where the study asks for consent, with it."""
    person, at = person_of(request), timezone.now()
    refuse_without(person, "annotations.read_for_study")
    try:
        place = place_of(request, slug, uid)
        if place.wants_consent and place.participant is not None and request.POST.get("agrees"):
            _agree(place.participant, request)
        reading = begin_reading(revision=place.text.pinned.revision, project=place.study, by=person, at=at)
    except TextGone as gone:
        return show_gone(request, slug, str(gone))
    except (OutsideReading, TextWithdrawn, ConsentMissing) as refusal:
        return refuse_reading(request, place, str(refusal))
    note_time(reading=reading, by=person, at=at)
    return redirect("annotations:study-read", slug=slug, uid=uid)


def _agree(participant: Participant, request: HttpRequest) -> None:
    keeps_time = bool(request.POST.get("keeps_time"))
    consent(
        participant=participant,
        seen=participant.version,
        keeps_time=keeps_time,
        by=person_of(request),
        at=timezone.now(),
    )


@login_required
@require_POST
def submit(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Say that one has read it to the end."""
    person, at = person_of(request), timezone.now()
    refuse_without(person, "annotations.read_for_study")
    try:
        place = place_of(request, slug, uid)
    except TextGone as gone:
        return show_gone(request, slug, str(gone))
    if place.reading is None:
        return refuse_reading(request, place, _("Begin to read this text first."))
    note_time(reading=place.reading, by=person, at=at)
    try:
        submit_reading(reading=place.reading, seen=number_in(request, "version"), by=person, at=at)
    except (AlreadySubmitted, OutsideReading) as refusal:
        return refuse_reading(request, place, str(refusal))
    except Stale:
        return refuse_reading(request, place, _("Your reading changed in between. Look at it, then submit again."))
    messages.success(request, _("Submitted. What you marked stays as it is."))
    return redirect("annotations:study-read", slug=slug, uid=uid)


@login_required
@require_POST
def go_on(request: HttpRequest, slug: str, uid: UUID | None = None) -> HttpResponse:
    """Open the next text that waits for this reader, begun where nothing is in the way."""
    person, at = person_of(request), timezone.now()
    refuse_without(person, "annotations.read_for_study")
    study = get_object_or_404(visible_projects(person), slug=slug, is_default=False)
    here = None
    if uid is not None:
        try:
            here = place_in_study(person, slug, uid)
        except TextGone:
            here = None
    following = next_text(person, study, after=here)
    if following is None:
        messages.info(request, _("No further text waits for you in this study."))
        return redirect("annotations:study", slug=slug)
    try:
        place = place_in_study(person, slug, following.article.uid)
        if place is not None and not place.wants_consent:
            reading = begin_reading(revision=place.text.pinned.revision, project=study, by=person, at=at)
            note_time(reading=reading, by=person, at=at)
    except (TextGone, OutsideReading, TextWithdrawn, ConsentMissing):
        pass  # the page it leads to says why
    return redirect("annotations:study-read", slug=slug, uid=following.article.uid)
