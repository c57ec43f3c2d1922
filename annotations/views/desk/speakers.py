"""Speakers: the list, the profile of one, adding, changing and merging them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.forms.speakers import MergeForm, SpeakerFilterForm, SpeakerForm, SplitForm
from annotations.operations.desk.speakers import split
from annotations.queries.desk.history import last_change, version_of
from annotations.queries.desk.quoted import Narrowed
from annotations.queries.desk.speakers import BY_NAME, build_profile, named_like, speaker_rows
from annotations.queries.paging import read_page
from annotations.queries.readers.reading import works_here
from annotations.views.rights import page_address, person_of, refuse_without
from annotations.views.workbench.conflicts import settle
from articles.models import Speaker, Stale
from articles.operations.quotes import AlreadyRetracted
from articles.operations.speakers import MergeImpossible, add_speaker, change_speaker, merge_speakers
from articles.operations.splitting import Apart, SeenQuote, SplitImpossible
from articles.permissions import visible_quotes, visible_speakers

MOST_CANDIDATES = 10


@login_required
@require_safe
def speaker_list(request: HttpRequest) -> HttpResponse:
    """Everybody whose words are reported, by name."""
    person = person_of(request)
    form = SpeakerFilterForm(request.GET)
    form.is_valid()
    words, kind = form.cleaned_data.get("words", ""), form.cleaned_data.get("kind", "")
    speakers = visible_speakers(person).unmerged()
    if words:
        speakers = named_like(speakers, words)
    if kind:
        speakers = speakers.filter(kind=kind)
    page = read_page(speakers, order=BY_NAME, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    return render(
        request,
        "annotations/speaker_list.html",
        {
            "form": form,
            "is_narrowed": bool(words or kind),
            "rows": speaker_rows(page.rows, person),
            "works_here": works_here(person),
            "is_demonstration": any(speaker.is_demonstration for speaker in page.rows),
            "earlier_href": page_address(request, "before", page.before),
            "later_href": page_address(request, "after", page.after),
        },
    )


@login_required
@require_safe
def speaker(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _show_profile(request, _find_speaker(request, uid))


def _find_speaker(request: HttpRequest, uid: UUID) -> Speaker:
    return get_object_or_404(visible_speakers(person_of(request)).select_related("merged_into"), uid=uid)


def _show_profile(request: HttpRequest, speaker: Speaker, *, status: int = 200, **more: Any) -> HttpResponse:
    person = person_of(request)
    narrowed = Narrowed(request.GET.get("period", "")[:10], request.GET.get("form", ""))
    profile = build_profile(speaker, person=person, narrowed=narrowed)
    words = request.GET.get("merge", "").strip()
    may_merge = person.has_perm("articles.merge_speakers") and not speaker.merged_into_id
    candidates = list(profile.likely)
    if may_merge and words:
        others = named_like(visible_speakers(person).unmerged(), words).exclude(pk=speaker.pk).order_by("name", "pk")
        candidates = speaker_rows(list(others[:MOST_CANDIDATES]), person)
    context = {
        "speaker": speaker,
        "profile": profile,
        "merge_words": words,
        "candidates": candidates,
        "may_merge": may_merge,
        "is_demonstration": speaker.is_demonstration,
        **more,
    }
    return render(request, "annotations/speaker.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def speaker_new(request: HttpRequest) -> HttpResponse:
    """Add somebody whose words are reported."""
    person = person_of(request)
    refuse_without(person, "articles.add_speaker")
    form = SpeakerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = add_speaker(**form.values(), by=person, at=timezone.now())
        messages.success(request, _("Added: %(name)s") % {"name": added})
        return redirect("annotations:speaker", uid=added.uid)
    status = 422 if request.method == "POST" else 200
    return render(request, "annotations/speaker_form.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def speaker_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what is known of a speaker."""
    person, found = person_of(request), _find_speaker(request, uid)
    refuse_without(person, "articles.change_speaker", found)
    if request.method != "POST":
        return _show_change(request, found, SpeakerForm(initial=SpeakerForm.values_of(found)))
    if request.POST.get("resolution") == "theirs":
        return redirect("annotations:speaker", uid=uid)
    form = SpeakerForm(request.POST)
    if not form.is_valid():
        return _show_change(request, found, form, status=422)
    try:
        change_speaker(speaker=found, seen=form.seen, by=person, at=timezone.now(), **form.values())
    except Stale as stale:
        theirs = SpeakerForm(initial=SpeakerForm.values_of(stale.noun))
        former = version_of(stale.noun, stale.seen)
        began = None if former is None else SpeakerForm.values_of(former)
        conflict = settle(stale, began=began, theirs=theirs, yours=form)
        return _show_change(request, found, form, status=409, conflict=conflict)
    messages.success(request, _("Changed: %(name)s") % {"name": form.cleaned_data["name"]})
    return redirect("annotations:speaker", uid=uid)


def _show_change(
    request: HttpRequest, speaker: Speaker, form: SpeakerForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"speaker": speaker, "form": form, "is_demonstration": speaker.is_demonstration, **more}
    return render(request, "annotations/speaker_form.html", context, status=status)


@login_required
@require_POST
def speaker_merge(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that another name is this speaker. Its row stays and leads here."""
    person, kept = person_of(request), _find_speaker(request, uid)
    refuse_without(person, "articles.merge_speakers")
    form = MergeForm(request.POST)
    if not form.is_valid():
        return _show_profile(request, kept, status=422, problem=_("Choose the speaker to merge."))
    merged_uid, seen_kept, seen_merged = form.values()
    merged = _find_speaker(request, merged_uid)
    try:
        merge_speakers(
            kept=kept, merged=merged, seen_kept=seen_kept, seen_merged=seen_merged, by=person, at=timezone.now()
        )
    except Stale as stale:
        problem = _("%(who)s changed %(name)s meanwhile. Look at both again before you merge them.")
        said = problem % {"who": last_change(stale.noun)[0], "name": stale.noun}
        return _show_profile(request, _find_speaker(request, uid), status=409, problem=said)
    except MergeImpossible as impossible:
        return _show_profile(request, _find_speaker(request, uid), status=409, problem=str(impossible))
    messages.success(request, _("Merged. “%(name)s” is kept as a name of this speaker.") % {"name": merged.name})
    return redirect("annotations:speaker", uid=uid)


@login_required
@require_POST
def speaker_split(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take somebody out of a speaker again: a former name, an alias, or somebody new with some of the quotes."""
    person, kept = person_of(request), _find_speaker(request, uid)
    refuse_without(person, "articles.merge_speakers")
    form = SplitForm(request.POST)
    if not form.is_valid():
        return _show_profile(request, kept, status=422, problem=_said(form))
    apart, quotes = _apart(request, form), _quotes_along(request, form)
    try:
        out = split(kept=kept, seen=form.cleaned_data["seen"], apart=apart, quotes=quotes, by=person, at=timezone.now())
    except Stale as stale:
        problem = _("%(who)s changed “%(noun)s” meanwhile. Look at it again before you take anything out.")
        said = problem % {"who": last_change(stale.noun)[0], "noun": stale.noun}
        return _show_profile(request, _find_speaker(request, uid), status=409, problem=said)
    except (SplitImpossible, AlreadyRetracted) as impossible:
        return _show_profile(request, _find_speaker(request, uid), status=422, problem=str(impossible))
    messages.success(request, _("%(name)s is a speaker of their own again.") % {"name": out.name})
    return redirect("annotations:speaker", uid=out.uid)


def _said(form: SplitForm) -> str:
    if "name" in form.errors:
        return str(form.errors["name"][0])
    return _("Choose who is to be taken out.")


def _apart(request: HttpRequest, form: SplitForm) -> Apart:
    if form.former is None:
        return Apart(name=form.new_name)
    uid, seen = form.former
    return Apart(_find_speaker(request, uid), seen)


def _quotes_along(request: HttpRequest, form: SplitForm) -> list[SeenQuote]:
    """The quotes chosen, as far as the person may know of them."""
    quotes = visible_quotes(person_of(request)).filter(uid__in=form.chosen).select_related("speaker").order_by("pk")
    return [SeenQuote(quote, form.chosen[quote.uid]) for quote in quotes]
