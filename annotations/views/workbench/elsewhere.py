"""Where the words of one quote stand elsewhere, each place beside it."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from annotations.queries.workbench.elsewhere import show_elsewhere
from annotations.views.rights import person_of, refuse_without
from articles.models import CurrentAnchor
from articles.permissions import visible_quotes


@login_required
@require_safe
def quote_elsewhere(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The most serious finding first; at most as many as a search names."""
    person = person_of(request)
    quotes = visible_quotes(person).live().select_related("article__head", "speaker__merged_into")
    quote = get_object_or_404(quotes, uid=uid)
    refuse_without(person, "articles.compare_words", quote)
    context = {
        "quote": quote,
        "article": quote.article,
        "words": CurrentAnchor.of(quote.span_id, quote.article.head_id).exact,
        "elsewhere": show_elsewhere(quote, person=person),
        "is_demonstration": quote.article.is_demonstration,
    }
    return render(request, "annotations/quote_elsewhere.html", context)
