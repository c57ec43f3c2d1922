"""Before an article is published: what is still open, and one explicit “publish anyway”."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.queries.readers.publishing import still_open
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import find_article, go_to_bench
from articles.models import Article, ArticleState
from articles.operations.articles import NEXT_STATES
from articles.permissions import goes_out_in_full


@login_required
@require_safe
def publish_article(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is still open about the article, with links to it, and the button that publishes all the same."""
    article, person = find_article(request, uid), person_of(request)
    refuse_without(person, "articles.change_article", article)
    if ArticleState.PUBLISHED not in NEXT_STATES[article.state]:
        return go_to_bench(article)
    context = {
        "article": article,
        "open": still_open(article, person),
        "goes_out_in_full": goes_out_in_full(article),
        "is_demonstration": article.is_demonstration,
    }
    return render(request, "annotations/article_publish.html", context)


def asks_first(request: HttpRequest, article: Article, state: str) -> bool:
    """Whether the person must see what is open before the article moves to ``state``.

    They have seen it when the form carries the counts that still hold.
    """
    if state != ArticleState.PUBLISHED or state not in NEXT_STATES[article.state]:
        return False
    found = still_open(article, person_of(request))
    return bool(found) and request.POST.get("despite") != found.counts
