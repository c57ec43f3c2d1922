from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from annotations.operations.readers.notices import read_notice
from annotations.permissions import visible_notices
from annotations.queries.checking.checkqueue import check_counts
from annotations.queries.desk.batches import batches_on_the_desk
from annotations.queries.desk.firstpage import (
    claims_worth_checking,
    incoming_articles,
    sentences_worth_checking,
    week_of,
)
from annotations.queries.desk.inwork import articles_in_work
from annotations.queries.desk.queue import queue_of
from annotations.queries.desk.wires import alerts_for
from annotations.queries.readers.corrections import corrections_waiting
from annotations.queries.readers.holds import holds_of_the_desk
from annotations.queries.readers.reading import works_here
from annotations.views.rights import person_of
from articles.permissions import visible_articles


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the person, what is in work, what is worth checking, what came in."""
    person, now = person_of(request), timezone.now()
    by_article = request.GET.get("queue") == "article"
    in_work, incoming = articles_in_work(person), incoming_articles(person)
    batches = batches_on_the_desk(person, now=now)
    return render(
        request,
        "annotations/desk.html",
        {
            "now": now,
            "by_article": by_article,
            "queue": queue_of(person, now=now, by_article=by_article),
            "in_work": in_work,
            "worth_checking": claims_worth_checking(person),
            "sentences_worth_checking": sentences_worth_checking(person) if works_here(person) else (),
            "incoming": incoming,
            "batches": batches,
            "alerts": alerts_for(person),
            "stopped": holds_of_the_desk(person),
            "corrections_waiting": corrections_waiting(person),
            "counts": check_counts(person, now=now) if works_here(person) else None,
            "week": week_of(person, now=now),
            "is_new": not in_work and not incoming and not batches and not visible_articles(person).exists(),
            "is_demonstration": any(line.row.article.is_demonstration for line in in_work),
        },
    )


@login_required
@require_POST
def put_notice_aside(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a notice out of the person's queue."""
    person = person_of(request)
    notice = get_object_or_404(visible_notices(person), uid=uid)
    read_notice(notice=notice, by=person, at=timezone.now())
    return redirect("annotations:desk")
