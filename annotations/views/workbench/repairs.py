"""The repair queue: one mark at a time, accepted, put on other words or said to have no place; the next one follows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.forms.repairs import RepairForm
from annotations.queries.workbench.marks import label_of
from annotations.queries.workbench.repairing import show_repair
from annotations.queries.workbench.repairs import next_after, open_repairs, repairs_address, uid_in
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import find_article
from annotations.views.workbench.markforms import find_kind, find_mark
from annotations.views.workbench.marking import OTHER_WORDS, NoWords, words_of
from articles.anchoring.selectors import ExactMismatch, OffsetsOutside
from articles.models import Article, CurrentAnchor
from articles.operations import placing
from articles.operations.placing import PlacedMeanwhile
from articles.operations.spans import StaleRevision, TextMismatch

CONFLICT = 409


@login_required
@require_safe
def repairs(request: HttpRequest) -> HttpResponse:
    """The queue of the desk, or of the article that ``article`` names, from the mark ``mark`` on."""
    refuse_without(person_of(request), "articles.repair_anchor")
    address = request.get_full_path()
    return _show(request, article=uid_in(address, "article"), mark=uid_in(address, "mark"))


@login_required
@require_POST
def decide(request: HttpRequest, uid: UUID, layer: str, mark: UUID) -> HttpResponse:
    """Put a mark on the words that the form names, or say that it has none; then go on to the next one."""
    article, person, kind = find_article(request, uid), person_of(request), find_kind(layer)
    noun = find_mark(request, article, kind, mark)
    refuse_without(person, "articles.repair_anchor", noun)
    within = article.uid if request.POST.get("within") else None
    form = RepairForm(request.POST)
    following = next_after(person, mark, article=within)
    try:
        done = _place(form, article, noun, person)
    except NoWords:
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        problem = " ".join(sentences) or _("Say which words the mark stands on.")
    except (TextMismatch, ExactMismatch, OffsetsOutside):
        problem = _("Other words stand there than the ones you saw. Look at them again.")
    except StaleRevision:
        problem = _("The text was saved anew in between. This is how things stand in it; decide again.")
        return _show(request, article=within, mark=mark, problem=problem, status=CONFLICT)
    except PlacedMeanwhile:
        return _show(request, article=within, mark=mark, problem=_decided_by_others(article, noun), status=CONFLICT)
    else:
        messages.success(request, done)
        return redirect(repairs_address(article=within, mark=following))
    return _show(request, article=within, mark=mark, problem=problem, form=form, status=OTHER_WORDS)


def _place(form: RepairForm, article: Article, noun: Any, person: AbstractUser) -> str:
    """Do what the form says, and say what was done.

    :raises NoWords: when the form names no words; it says why.
    :raises PlacedMeanwhile: when somebody decided on the mark, or retracted it, since the page was drawn.
    """
    if noun.span is None or not form.is_valid():
        raise NoWords
    if not noun.is_live:
        raise PlacedMeanwhile
    act: dict[str, Any] = {
        "mark": noun,
        "base": form.cleaned_data["base"],
        "seen": form.cleaned_data["seen"],
        "by": person,
        "at": timezone.now(),
    }
    if form.cleaned_data["has_no_place"]:
        placing.unplace_mark(**act)
        return _("%(label)s has no place in the text.") % {"label": label_of(noun)}
    anchor = placing.place_mark(words=words_of(form, article), **act)
    return _("%(label)s stands on “%(words)s”.") % {"label": label_of(noun), "words": _short(anchor.exact)}


def _decided_by_others(article: Article, noun: Any) -> str:
    """Who decided on a mark in between, and what."""
    if not noun.is_live:
        return _("%(label)s was retracted or rejected in between.") % {"label": label_of(noun)}
    anchor = CurrentAnchor.of(noun.span_id, article.head_id or 0)
    said = {"who": anchor.created_by, "label": label_of(noun), "words": _short(anchor.exact)}
    if anchor.start is None:
        return _("In between %(who)s said that %(label)s has no place. Nothing was changed.") % said
    return _("In between %(who)s put %(label)s on “%(words)s”. Nothing was changed.") % said


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return f"{flat[:80]}…" if len(flat) > 80 else flat


def _show(
    request: HttpRequest,
    *,
    article: UUID | None,
    mark: UUID | None,
    problem: str = "",
    form: RepairForm | None = None,
    status: int = 200,
) -> HttpResponse:
    person = person_of(request)
    queue = open_repairs(person, article=article, mark=mark)
    is_whole = bool(request.GET.get("whole"))
    repair = show_repair(queue.current, person, is_whole=is_whole) if queue.current else None
    context = {
        "queue": queue,
        "repair": repair,
        "within": article,
        "problem": problem,
        "form": form or RepairForm(),
        "here": repairs_address(article=article, mark=queue.current.uid if queue.current else None),
        "start": repairs_address(article=article),
        **{name: repairs_address(article=article, mark=row.uid if row else None) for name, row in (
            ("previous_href", queue.previous), ("following_href", queue.following), ("further_href", queue.further),
        )},
    }  # fmt: skip
    return render(request, "annotations/repairs.html", context, status=status)
