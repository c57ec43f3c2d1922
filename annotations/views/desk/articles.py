from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.forms.articles import LANGUAGE_CHOICES, ArticleFilterForm
from annotations.queries.desk.articles import list_articles, outlets_of
from annotations.views.rights import page_address, person_of


@login_required
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """The articles the person may know of: newest first, filtered, a page at a time."""
    form = ArticleFilterForm(request.GET)
    filters = form.filters()
    rows, page = list_articles(
        person=person_of(request),
        filters=filters,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return render(
        request,
        "annotations/article_list.html",
        {
            "form": form,
            "filters": filters,
            "rows": rows,
            "outlets": outlets_of(rows),
            "languages": LANGUAGE_CHOICES,
            "is_demonstration": any(row.article.is_demonstration for row in rows),
            "newer_href": page_address(request, "before", page.before),
            "older_href": page_address(request, "after", page.after),
        },
    )
