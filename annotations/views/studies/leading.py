"""Studies: the list, making one, and the page from which whoever leads it runs it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.forms.studies import (
    ChangedStudyForm,
    CorpusForm,
    PeopleForm,
    ReasonForm,
    RoundForm,
    StudyForm,
    TextsForm,
)
from annotations.models import Assignment, Participant, Project, Reading, Round, RoundText
from annotations.operations.studies.handingout import (
    NotTakingPart,
    QuotaReached,
    assign_text,
    hand_out,
    let_go,
    take_back,
    take_consent_back,
    take_in,
)
from annotations.operations.studies.projects import (
    AssignedBefore,
    RoundIsOpen,
    SlugTaken,
    change_project,
    create_project,
)
from annotations.operations.studies.readings import NotSubmitted, reopen_reading
from annotations.operations.studies.rounds import (
    GoldMissing,
    InRoundBefore,
    NotAStudy,
    NothingToRead,
    RoundOutOfOrder,
    TextWithdrawn,
    close_round,
    draw_texts,
    open_round,
    plan_round,
    withdraw_text,
)
from annotations.operations.studies.studytexts import OwnText, bring_in_for
from annotations.permissions import visible_projects
from annotations.queries.desk.articles import ArticleFilters, matching_articles
from annotations.queries.studies.progress import (
    RoundView,
    leads_studies,
    list_studies,
    own_readings,
    people_who_read,
    rounds_of,
    submitted_readings,
)
from annotations.queries.studies.studying import next_text
from annotations.queries.workbench.rules import REASONS
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import number_in
from articles.anchoring.text import TextRefused
from articles.ingest.readers import read
from articles.ingest.record import ReadingRefused
from articles.models import Stale

RIGHT = "annotations.lead_project"
REFUSALS = (
    AssignedBefore,
    GoldMissing,
    InRoundBefore,
    NotAStudy,
    NotSubmitted,
    NotTakingPart,
    NothingToRead,
    QuotaReached,
    ReadingRefused,
    RoundIsOpen,
    RoundOutOfOrder,
    TextRefused,
    TextWithdrawn,
)
BETWEEN_TEXTS = "==="


@login_required
@require_safe
def research(request: HttpRequest) -> HttpResponse:
    """The studies somebody leads or takes part in."""
    person = person_of(request)
    refuse_without(person, "annotations.read_for_study")
    context = {"rows": list_studies(person), "may_lead": person.has_perm(RIGHT)}
    return render(request, "annotations/research.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def study_new(request: HttpRequest) -> HttpResponse:
    """Make a study; its texts, people and rounds come on its page."""
    person = person_of(request)
    refuse_without(person, RIGHT)
    desk = Project.objects.get(is_default=True)
    form = StudyForm(request.POST or None, initial={"codebook": desk.codebook_id})
    if request.method == "POST" and form.is_valid():
        try:
            study = create_project(**form.cleaned_data, by=person, at=timezone.now())
        except SlugTaken as refusal:
            form.add_error("slug", str(refusal))
        else:
            messages.success(request, _("The study is made. Plan its first round, then give it texts and people."))
            return redirect("annotations:study", slug=study.slug)
    return render(
        request, "annotations/study_new.html", {"form": form}, status=422 if request.method == "POST" else 200
    )


def find_study(request: HttpRequest, slug: str) -> Project:
    """A study of this address; 404 for whoever neither leads it nor takes part."""
    studies = visible_projects(person_of(request)).filter(is_default=False).select_related("codebook")
    return get_object_or_404(studies, slug=slug)


@login_required
@require_safe
def study(request: HttpRequest, slug: str) -> HttpResponse:
    """A study: for whoever leads it everybody's progress, for whoever takes part their own."""
    return show_study(request, find_study(request, slug))


def show_study(request: HttpRequest, found: Project, *, status: int = 200, **more: Any) -> HttpResponse:
    person = person_of(request)
    views = rounds_of(found, person)
    may_lead = person.has_perm(RIGHT)
    taking_part = found.participants.select_related("person").order_by("person__name", "pk")
    context = {
        "study": found,
        "rounds": [_with_forms(view, request, more) for view in views],
        "may_lead": may_lead,
        "sees_all": leads_studies(person),
        "own": found.participants.filter(person_id=person.pk).first(),
        "following": next_text(person, found),
        "readings": own_readings(found, person)[:50],
        "guidelines": found.guideline_versions.order_by("-number").first(),
        "people": taking_part if may_lead else (),
        "reason_form": ReasonForm(),
        "listed_rules": [REASONS.get(kind, kind) for kind in found.suggestion_rules],
    }
    if may_lead:
        initial = {name: getattr(found, name) for name in ChangedStudyForm().fields if name != "version"}
        context |= {
            "study_form": ChangedStudyForm(initial={**initial, "version": found.version}),
            "round_form": RoundForm(),
            "people_form": PeopleForm(offered=people_who_read()),
            "submitted": [row for view in views if view.round.is_open for row in submitted_readings(view.round)],
        }
    return render(request, "annotations/study.html", {**context, **more}, status=status)


@login_required
@require_POST
def act(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Do one of the acts of whoever leads the study, and show it again; a refusal says why nothing was done."""
    person, found = person_of(request), find_study(request, slug)
    refuse_without(person, RIGHT)
    if name not in ACTS:
        raise Http404
    try:
        said = ACTS[name](request, found)
    except REFUSALS as refusal:
        return show_study(request, found, status=409, problem=str(refusal))
    except Stale:
        problem = _("Somebody changed this in between. Look at it as it stands now, then do it again.")
        found.refresh_from_db()
        return show_study(request, found, status=409, problem=problem)
    except _Unfit as unfit:
        return show_study(request, found, status=422, **{unfit.name: unfit.form})
    messages.success(request, said)
    return redirect("annotations:study", slug=found.slug)


def _with_forms(view: RoundView, request: HttpRequest, more: dict[str, Any]) -> dict[str, Any]:
    """A round with its own forms, each field under an id of its own; those that were sent as they were typed."""
    number = view.round.number
    is_sent = request.POST.get("round") == str(view.round.uid)
    corpus, texts = CorpusForm(auto_id=f"corpus_{number}_%s"), TextsForm(auto_id=f"texts_{number}_%s")
    return {
        "view": view,
        "corpus_form": more.get("corpus_form", corpus) if is_sent else corpus,
        "texts_form": more.get("texts_form", texts) if is_sent else texts,
    }


class _Unfit(Exception):
    """A form says something that cannot be taken."""

    def __init__(self, name: str, form: forms.Form) -> None:
        super().__init__(name)
        self.name, self.form = name, form


def _filled(name: str, form: Any) -> Any:
    if not form.is_valid():
        raise _Unfit(name, form)
    return form


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": person_of(request), "at": timezone.now()}


def _named(request: HttpRequest, nouns: Any, field: str = "uid") -> Any:
    """The thing that the form names by its uid; 404 where there is none in this study."""
    try:
        uid = UUID(request.POST.get(field, ""))
    except ValueError:
        raise Http404 from None
    return get_object_or_404(nouns, uid=uid)


def _round(request: HttpRequest, found: Project) -> Round:
    each: Round = _named(request, Round.objects.select_related("project").filter(project=found), "round")
    return each


def _change(request: HttpRequest, found: Project) -> str:
    form = _filled("study_form", ChangedStudyForm(request.POST))
    values = {**form.cleaned_data}
    try:
        change_project(project=found, seen=values.pop("version"), **values, **_who(request))
    except SlugTaken as refusal:
        form.add_error("slug", str(refusal))
        raise _Unfit("study_form", form) from refusal
    return _("Saved.")


def _plan(request: HttpRequest, found: Project) -> str:
    form = _filled("round_form", RoundForm(request.POST))
    made = plan_round(project=found, **form.values(), **_who(request))
    return _("Round %(number)s is planned.") % {"number": made.number}


def _draw(request: HttpRequest, found: Project) -> str:
    asked = _filled("corpus_form", CorpusForm(request.POST, auto_id="corpus_%s")).cleaned_data
    filters = ArticleFilters(**{name: asked[name] for name in ("words", "outlet", "language", "state")})
    articles = matching_articles(person_of(request), filters)
    texts = draw_texts(
        round=_round(request, found), articles=articles, size=asked["size"], seed=asked["seed"], **_who(request)
    )
    return _texts_said(len(texts))


def _upload(request: HttpRequest, found: Project) -> str:
    """Texts that are pasted come in like every other text, and are read by the round."""
    refuse_without(person_of(request), "annotations.lead_project")
    pasted = _filled("texts_form", TextsForm(request.POST)).cleaned_data["texts"]
    parts = [part.strip() for part in _split(pasted)]
    own = [_own_text(part) for part in parts if part]
    texts = bring_in_for(round=_round(request, found), texts=own, **_who(request))
    return _texts_said(len(texts))


def _split(pasted: str) -> list[str]:
    parts = [""]
    for line in pasted.splitlines():
        if line.strip() == BETWEEN_TEXTS:
            parts.append("")
        else:
            parts[-1] += line + "\n"
    return parts


def _own_text(text: str) -> OwnText:
    content = text.encode()
    name = f"{hashlib.sha256(content).hexdigest()[:12]}.txt"
    return OwnText(read(content, name=name)[0], content, "text/plain", "plain-text")


def _texts_said(count: int) -> str:
    return ngettext("%(count)s text is in the round.", "%(count)s texts are in the round.", count) % {"count": count}


def _people(request: HttpRequest, found: Project) -> str:
    form = _filled("people_form", PeopleForm(request.POST, offered=people_who_read()))
    for person in form.cleaned_data["people"]:
        take_in(project=found, person=person, quota=form.cleaned_data["quota"], **_who(request))
    return _("They take part.")


def _let_go(request: HttpRequest, found: Project) -> str:
    part: Participant = _named(request, found.participants.all())
    let_go(participant=part, seen=number_in(request, "version"), **_who(request))
    return _("%(person)s has left the study. What they submitted stays.") % {"person": part.person}


def _hand_out(request: HttpRequest, found: Project) -> str:
    given = hand_out(round=_round(request, found), **_who(request))
    said = ngettext("%(count)s text handed out.", "%(count)s texts handed out.", len(given.assignments))
    told = said % {"count": len(given.assignments)}
    if given.short:
        missing = sum(given.short.values())
        told += " " + ngettext(
            "%(count)s more reader is missing: take in more people, or raise their quota.",
            "%(count)s more readers are missing: take in more people, or raise their quota.",
            missing,
        ) % {"count": missing}
    return told


def _assign(request: HttpRequest, found: Project) -> str:
    """The fixed matrix: every box that is ticked is a text for a person."""
    texts = {str(text.uid): text for text in _open_texts(found)}
    people = {str(part.person.uid): part.person for part in found.participants.select_related("person")}
    made = 0
    for pair in request.POST.getlist("pair"):
        text, _between, person = pair.partition(":")
        if text not in texts or person not in people:
            raise Http404
        assign_text(text=texts[text], person=people[person], **_who(request))
        made += 1
    return ngettext("%(count)s text handed out.", "%(count)s texts handed out.", made) % {"count": made}


def _open_texts(found: Project) -> Any:
    return RoundText.objects.filter(round__project=found).select_related("pinned__revision__article")


def _take_back(request: HttpRequest, found: Project) -> str:
    assignment: Assignment = _named(request, Assignment.objects.filter(project=found, round__isnull=False))
    reason = _filled("reason_form", ReasonForm(request.POST)).cleaned_data["reason"]
    take_back(assignment=assignment, seen=number_in(request, "version"), reason=reason, **_who(request))
    return _("Taken back.")


def _withdraw(request: HttpRequest, found: Project) -> str:
    reason = _filled("reason_form", ReasonForm(request.POST)).cleaned_data["reason"]
    withdraw_text(text=_named(request, _open_texts(found)), reason=reason, **_who(request))
    return _("The text is withdrawn from the study. What was found in it stays.")


def _open(request: HttpRequest, found: Project) -> str:
    each = open_round(round=_round(request, found), seen=number_in(request, "version"), **_who(request))
    return _("Round %(number)s is open.") % {"number": each.number}


def _close(request: HttpRequest, found: Project) -> str:
    each = close_round(round=_round(request, found), seen=number_in(request, "version"), **_who(request))
    return _("Round %(number)s is closed.") % {"number": each.number}


def _reopen(request: HttpRequest, found: Project) -> str:
    reading: Reading = _named(request, Reading.objects.select_related("round", "revision").filter(project=found))
    reason = _filled("reason_form", ReasonForm(request.POST)).cleaned_data["reason"]
    reopen_reading(reading=reading, seen=number_in(request, "version"), reason=reason, **_who(request))
    return _("The reading is open again. Its reader is told why.")


ACTS: dict[str, Callable[[HttpRequest, Project], str]] = {
    "change": _change,
    "plan": _plan,
    "draw": _draw,
    "upload": _upload,
    "people": _people,
    "let-go": _let_go,
    "hand-out": _hand_out,
    "assign": _assign,
    "take-back": _take_back,
    "withdraw": _withdraw,
    "open": _open,
    "close": _close,
    "reopen": _reopen,
}


@login_required
@require_POST
def consent_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one's own consent back."""
    found = find_study(request, slug)
    own = get_object_or_404(found.participants, person_id=person_of(request).pk)
    try:
        take_consent_back(participant=own, seen=number_in(request, "version"), **_who(request))
    except Stale:
        return show_study(
            request, found, status=409, problem=_("This changed in between. Look at it, then do it again.")
        )
    messages.success(request, _("Your consent is taken back. The time that was measured is forgotten."))
    return redirect("annotations:study", slug=slug)
