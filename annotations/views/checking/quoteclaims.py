"""Having the words of a quote, and who said them, checked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.operations.checking.claims import QuoteWithoutPlace
from annotations.operations.checking.quoteclaims import ClaimedBefore, NotDirect, claims_about_quote
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import find_article, go_to_bench, number_in, refuse_on_bench
from articles.operations.quotes import AlreadyRetracted
from articles.operations.spans import StaleRevision
from articles.permissions import visible_quotes


@login_required
@require_POST
def claim_quote(request: HttpRequest, uid: UUID, quote: UUID) -> HttpResponse:
    """Make the claims about a direct quote that are not made yet, and go on with the first."""
    article, person = find_article(request, uid), person_of(request)
    quotes = visible_quotes(person).filter(article=article).select_related("article__head", "speaker")
    noun = get_object_or_404(quotes, uid=quote)
    refuse_without(person, "annotations.record_claim")
    try:
        claims = claims_about_quote(quote=noun, base=number_in(request, "base"), by=person, at=timezone.now())
    except StaleRevision:
        problem = _("The text was saved anew meanwhile. Look at the quote where it stands now.")
        return refuse_on_bench(request, article, problem, mark=quote)
    except (NotDirect, QuoteWithoutPlace, AlreadyRetracted):
        problem = _("Only a direct quote that stands in the text, and that somebody has decided on, is checked so.")
        return refuse_on_bench(request, article, problem, mark=quote)
    except ClaimedBefore:
        return refuse_on_bench(request, article, _("Both claims about this quote are made already."), mark=quote)
    messages.success(request, _("To be checked: whether these were the words, and whether they were said."))
    return go_to_bench(article, mark=claims[0].uid)
