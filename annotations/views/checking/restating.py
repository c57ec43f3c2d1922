"""Taking the restatement that is proposed for a claim."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.operations.checking.claims import change_claim
from annotations.queries.checking.restating import proposed_restatement
from annotations.views.checking.claims import find_claim, show_claim
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import go_to_bench, number_in
from articles.models import Stale
from articles.operations.quotes import AlreadyRetracted


@login_required
@require_POST
def restate_claim(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make what was proposed, and read by this person, the claim's restatement."""
    person, claim = person_of(request), find_claim(request, uid)
    refuse_without(person, "annotations.change_claim", claim)
    proposed = proposed_restatement(claim, claim.article.head)
    if proposed is None or proposed.text != request.POST.get("canonical", ""):
        problem = _("Something else is proposed by now. Read it before you take it.")
        return show_claim(request, claim, status=409, problem=problem)
    try:
        change_claim(
            claim=claim, seen=number_in(request, "version"), by=person, at=timezone.now(), canonical=proposed.text
        )
    except Stale:
        problem = _("Somebody changed the claim in between. Look at it as it stands now.")
        return show_claim(request, find_claim(request, uid), status=409, problem=problem)
    except AlreadyRetracted:
        return show_claim(request, find_claim(request, uid), status=409, problem=_("This claim was retracted."))
    messages.success(request, _("The claim is restated."))
    if request.POST.get("back") == "bench":
        return go_to_bench(claim.article, mark=claim.uid)
    return redirect("annotations:claim", uid=uid)
