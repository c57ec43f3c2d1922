"""Evidence on a claim: search the stored sources, choose words, attach them, change their stance, detach them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.forms.claims import StanceForm
from annotations.forms.evidence import EvidenceForm
from annotations.forms.searching import EvidenceSearchForm
from annotations.models import Evidence, Stance
from annotations.operations.checking.evidence import (
    AlreadyDetached,
    AttachedBefore,
    attach_evidence,
    change_stance,
    detach_evidence,
)
from annotations.operations.checking.factchecks import WRITABLE, log_search
from annotations.permissions import visible_evidence
from annotations.queries.checking.claimchecks import own_check
from annotations.queries.desk.history import last_change
from annotations.queries.desk.sources import NEWEST_FIRST, narrow_sources, source_rows
from annotations.queries.paging import read_page
from annotations.views.checking.claims import find_claim, live_or_conflict, show_claim
from annotations.views.rights import page_address, person_of, refuse_without
from articles.models import Snapshot, Stale
from articles.permissions import visible_sources
from articles.search.passages import find_passages

MOST_COUNTED = 50


@login_required
@require_POST
def evidence_search(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Search the stored sources, and log it with the searcher's own check when they are writing one."""
    person, claim = person_of(request), find_claim(request, uid)
    search, mine = EvidenceSearchForm(request.POST), own_check(claim, person)
    if search.query and mine is not None and mine.state in WRITABLE:
        narrowed = search.narrowed(claim.claim_date)
        answer = find_passages(
            search.query, person=person, language=claim.article.language, narrowed=narrowed, limit=MOST_COUNTED
        )
        log_search(check=mine, query=search.query, found=len(answer.passages), by=person, at=timezone.now())
    return _to_claim(uid, "evidence", **search.asked)


def _to_claim(uid: UUID, place: str = "", **asked: str) -> HttpResponseRedirect:
    query = urlencode({name: value for name, value in asked.items() if value})
    address = reverse("annotations:claim", args=[uid])
    return HttpResponseRedirect(f"{address}{f'?{query}' if query else ''}{f'#{place}' if place else ''}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose a source, then words of it, then what they do to the claim."""
    person, claim = person_of(request), find_claim(request, uid)
    refuse_without(person, "annotations.attach_evidence")
    problem = live_or_conflict(claim)
    if problem:
        return show_claim(request, claim, status=409, problem=problem)
    chosen = (request.POST if request.method == "POST" else request.GET).get("snapshot", "")
    if not chosen:
        return _choose_source(request, claim)
    snapshot = _find_snapshot(person, chosen)
    if request.method == "POST":
        return _attach(request, claim, snapshot)
    return _show_words(request, claim, snapshot, EvidenceForm.beginning(snapshot, request.GET))


def _find_snapshot(person: AbstractUser, uid: str) -> Snapshot:
    """A snapshot of a source this person may know of; 404 otherwise, and for what is no uid."""
    snapshots = Snapshot.objects.filter(source__in=visible_sources(person)).select_related("source")
    try:
        key = UUID(uid)
    except ValueError:
        key = UUID(int=0)
    return get_object_or_404(snapshots, uid=key)


def _choose_source(request: HttpRequest, claim: Any) -> HttpResponse:
    words = request.GET.get("words", "")
    page = read_page(
        narrow_sources(visible_sources(person_of(request)), words=words),
        order=NEWEST_FIRST,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "claim": claim,
        "label": f"C{claim.number}",
        "rows": source_rows(page.rows),
        "words": words,
        "earlier_href": page_address(request, "before", page.before),
        "later_href": page_address(request, "after", page.after),
        "is_demonstration": claim.article.is_demonstration,
    }
    return render(request, "annotations/evidence_source.html", context)


def _show_words(
    request: HttpRequest, claim: Any, snapshot: Snapshot, form: EvidenceForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "claim": claim,
        "label": f"C{claim.number}",
        "snapshot": snapshot,
        "source": snapshot.source,
        "passages": snapshot.passages.order_by("position"),
        "others": snapshot.source.snapshots.order_by("-number"),
        "form": form,
        "stances": Stance.choices,
        "is_demonstration": claim.article.is_demonstration or snapshot.source.is_demonstration,
    }
    return render(request, "annotations/evidence_words.html", context, status=status)


def _attach(request: HttpRequest, claim: Any, snapshot: Snapshot) -> HttpResponse:
    form = EvidenceForm(request.POST, snapshot=snapshot)
    if not form.is_valid() or form.place is None:
        return _show_words(request, claim, snapshot, form, status=422)
    found = {name: form.cleaned_data[name] for name in ("found_query", "found_rank", "found_score", "question")}
    try:
        attach_evidence(
            claim=claim,
            snapshot=snapshot,
            start=form.place.start,
            end=form.place.end,
            exact=form.place.exact,
            stance=form.cleaned_data["stance"],
            by=person_of(request),
            at=timezone.now(),
            **found,
        )
    except AttachedBefore:
        form.add_error("exact", _("These words are evidence on this claim already. Change their stance there."))
        return _show_words(request, claim, snapshot, form, status=409)
    messages.success(request, _("Attached: %(source)s") % {"source": snapshot.source})
    return _to_claim(claim.uid, "evidence", **EvidenceSearchForm(request.POST).asked)


@login_required
@require_POST
def evidence_stance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say anew what a passage does to its claim."""
    person, evidence = person_of(request), _find_evidence(request, uid)
    refuse_without(person, "annotations.attach_evidence")
    claim = find_claim(request, evidence.claim.uid)
    form = StanceForm(request.POST)
    if not form.is_valid():
        return show_claim(request, claim, status=422, problem=_("Choose one of the three stances."))
    stance = form.cleaned_data["stance"]
    try:
        change_stance(evidence=evidence, stance=stance, seen=form.seen, by=person, at=timezone.now())
    except Stale as stale:
        return show_claim(request, claim, status=409, problem=_two_stances(stale, str(Stance(stance).label)))
    except AlreadyDetached:
        return show_claim(request, claim, status=409, problem=_("Somebody detached this passage meanwhile."))
    return _to_claim(claim.uid, "evidence")


@login_required
@require_POST
def evidence_detach(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a passage off its claim; it stays in the history."""
    person, evidence = person_of(request), _find_evidence(request, uid)
    refuse_without(person, "annotations.detach_evidence", evidence)
    claim = find_claim(request, evidence.claim.uid)
    seen = request.POST.get("version", "")
    try:
        detach_evidence(evidence=evidence, seen=int(seen) if seen.isdecimal() else 0, by=person, at=timezone.now())
    except Stale as stale:
        return show_claim(request, claim, status=409, problem=_two_stances(stale, _("detach it")))
    except AlreadyDetached:
        return show_claim(request, claim, status=409, problem=_("Somebody detached this passage before you."))
    messages.success(request, _("Detached: %(source)s") % {"source": evidence.snapshot.source})
    return _to_claim(claim.uid, "evidence")


def _find_evidence(request: HttpRequest, uid: UUID) -> Evidence:
    evidence = visible_evidence(person_of(request)).select_related("claim", "snapshot__source")
    return get_object_or_404(evidence, uid=uid)


def _two_stances(stale: Stale, yours: str) -> str:
    """Both sides of a conflict over one passage."""
    who, _at = last_change(stale.noun)
    sides = {"who": who, "theirs": stale.noun.get_stance_display(), "yours": yours}
    said = _("%(who)s changed this passage meanwhile. It now says: %(theirs)s. You meant: %(yours)s.")
    return said % sides
