from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.queries.desk.search import search_desk
from annotations.queries.readers.reading import works_here
from annotations.views.rights import person_of

LONGEST_QUESTION = 200


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the desk knows under some words, as far as the person may know of it."""
    # PostgreSQL takes no NUL in a text, and no question needs one.
    words = request.GET.get("q", "").replace("\0", " ").strip()[:LONGEST_QUESTION]
    found = search_desk(words, person=person_of(request)) if words else None
    return render(
        request,
        "annotations/search.html",
        {
            "words": words,
            "found": found,
            "works_here": works_here(person_of(request)),
            "is_demonstration": found is not None and found.is_demonstration,
        },
    )
