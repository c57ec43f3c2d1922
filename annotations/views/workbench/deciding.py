"""Deciding on suggestions on the workbench: one, or all that are sure enough; having quotes and claims looked for."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from annotations.models import Claim
from annotations.operations.desk.suggesting import suggest_claims
from annotations.queries.workbench.page import Workbench
from annotations.queries.workbench.suggestions import articles_with_suggestions, rule_records
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import bench_of, find_article, go_to_bench, number_in, refuse_on_bench
from annotations.views.workbench.markforms import find_kind, find_mark
from articles.models import Quote, Stale
from articles.operations.deciding import NothingToDecide, accept_quotes_above, accept_suggestion, reject_suggestion
from articles.operations.quotes import AlreadyRetracted, QuotedBefore
from articles.operations.suggesting import suggest_quotes

DECISIONS = {"accept": accept_suggestion, "reject": reject_suggestion}
MOST_SURE = 100


@login_required
@require_POST
def decide_mark(request: HttpRequest, uid: UUID, layer: str, mark: UUID) -> HttpResponse:
    """Accept or reject a suggestion, and go on to the next one in the text."""
    article, person, kind = find_article(request, uid), person_of(request), find_kind(layer)
    noun = find_mark(request, article, kind, mark)
    refuse_without(person, "articles.decide_suggestion", noun)
    following = _suggested_after(bench_of(request, article, selected=str(mark)))
    decide = DECISIONS.get(request.POST.get("decision", ""))
    if decide is None:
        return refuse_on_bench(request, article, _("Choose: accept it, or reject it."), mark=mark, status=400)
    try:
        decide(mark=noun, seen=number_in(request, "version"), by=person, at=timezone.now())
    except (Stale, NothingToDecide, AlreadyRetracted):
        problem = _("Somebody decided on this suggestion in between. Look at it as it stands now.")
        return refuse_on_bench(request, article, problem, mark=mark)
    except QuotedBefore as before:
        problem = _("These words are a quote of this speaker already. Reject the suggestion, or change that quote.")
        return refuse_on_bench(request, article, problem, mark=before.quote.uid)
    return go_to_bench(article, mark=following or (noun.uid if noun.is_live else None))


def _suggested_after(bench: Workbench) -> UUID | None:
    """The suggestion that stands after the selected one, else the first of the others."""
    others = [mark for mark in bench.placed if mark.is_suggested and mark != bench.selected]
    here = (bench.selected and bench.selected.start) or 0
    later = [mark for mark in others if (mark.start or 0) >= here]
    return next((mark.uid for mark in (*later, *others)), None)


@login_required
@require_POST
def accept_sure(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Accept all suggested quotes that are at least as sure as the form says, in hundredths."""
    article, person = find_article(request, uid), person_of(request)
    refuse_without(person, "articles.decide_suggestion")
    least = number_in(request, "confidence")
    if not 0 <= least <= MOST_SURE:
        return refuse_on_bench(request, article, _("Give a whole number from 0 to 100."), status=400)
    accepted = accept_quotes_above(article=article, confidence=least / MOST_SURE, by=person, at=timezone.now())
    sentence = ngettext("%(count)s quote accepted in bulk.", "%(count)s quotes accepted in bulk.", len(accepted)) % {
        "count": len(accepted)
    }
    messages.success(request, sentence)
    return go_to_bench(article)


@login_required
@require_POST
def suggest(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Look for the quotes and the claims of the newest text now."""
    article, person = find_article(request, uid), person_of(request)
    refuse_without(person, "articles.decide_suggestion")
    quotes = suggest_quotes(article=article, by=person, at=timezone.now())
    claims = suggest_claims(article=article, by=person, at=timezone.now())
    found: list[Quote | Claim] = [*quotes, *claims]
    if quotes:
        sentence = ngettext("%(count)s quote suggested.", "%(count)s quotes suggested.", len(quotes))
        messages.success(request, sentence % {"count": len(quotes)})
    if claims:
        sentence = ngettext("%(count)s claim suggested.", "%(count)s claims suggested.", len(claims))
        messages.success(request, sentence % {"count": len(claims)})
    if not found:
        messages.info(request, _("Nothing further was found in this text."))
    return go_to_bench(article, mark=found[0].uid if found else None)


@login_required
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Where suggestions wait, and how often this desk has accepted what each rule proposed."""
    person = person_of(request)
    refuse_without(person, "articles.decide_suggestion")
    records = rule_records(person)
    return render(
        request,
        "annotations/suggestions.html",
        {"records": records, "waiting": articles_with_suggestions(person)},
    )
