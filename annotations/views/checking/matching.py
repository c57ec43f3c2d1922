"""Saying of a claim whether it says the same as another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.models import Claim
from annotations.operations.checking.matching import MatchedBefore, confirm_match, dismiss_match, in_order
from annotations.permissions import visible_claims
from annotations.queries.checking.matching import matches_of
from annotations.views.checking.claims import find_claim, show_claim
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import number_in
from articles.models import Stale
from articles.operations.quotes import AlreadyRetracted


@login_required
@require_POST
def match_claim(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Link a claim with one that says the same, or keep that it says something else."""
    person, claim = person_of(request), find_claim(request, uid)
    other = _other(request, visible_claims(person))
    refuse_without(person, "annotations.change_claim", in_order(claim, other)[0])
    score = next((match.score for match in matches_of(claim, person) if match.claim.pk == other.pk), None)
    act: dict[str, Any] = {"claim": claim, "other": other, "score": score, "by": person, "at": timezone.now()}
    try:
        if request.POST.get("decision") == "same":
            confirm_match(seen=number_in(request, "version"), **act)
            messages.success(request, _("The two claims are linked. A verdict on one is a proposal for the other."))
        elif request.POST.get("decision") == "different":
            dismiss_match(**act)
            messages.success(request, _("It is not offered for this claim again."))
        else:
            return show_claim(request, claim, status=400, problem=_("Choose: it says the same, or something else."))
    except Stale:
        problem = _("Somebody changed the claim in between. Look at it as it stands now.")
        return show_claim(request, find_claim(request, uid), status=409, problem=problem)
    except AlreadyRetracted:
        problem = _("One of the two claims was retracted in between.")
        return show_claim(request, find_claim(request, uid), status=409, problem=problem)
    except MatchedBefore:
        problem = _("These claims are linked already. Change the claim to part them.")
        return show_claim(request, find_claim(request, uid), status=409, problem=problem)
    return redirect("annotations:claim", uid=uid)


def _other(request: HttpRequest, claims: Any) -> Claim:
    try:
        named = UUID(request.POST.get("other", ""))
    except ValueError:
        raise Http404 from None
    found: Claim | None = claims.select_related("same_as").filter(uid=named).first()
    if found is None:
        raise Http404
    return found
