"""What the views of the workbench share: finding the article, drawing the bench around one panel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from annotations.queries.desk.wires import arrival_of, with_arrival
from annotations.queries.readers.publicnotices import notices_on
from annotations.queries.readers.reading import bench_as_read, bench_in_extracts, works_here
from annotations.queries.workbench.comments import About, threads_on
from annotations.queries.workbench.inspector import inspect
from annotations.queries.workbench.page import Workbench, open_workbench
from annotations.queries.workbench.presence import people_in, with_presence
from annotations.views.rights import person_of
from articles.models import Article, ArticleState
from articles.models.statement import written_once
from articles.models.transactions import Horizon
from articles.operations.articles import NEXT_STATES
from articles.operations.declaring import OUT
from articles.permissions import Asker, may_read_in_full, roles_of, roles_to_stop_in, visible_articles

# Of more marks no run and no badge is sent: the script paints them. Without one, ?drawn sends them all.
MOST_DRAWN = 300
# What the script asks for when marks have changed: all of the bench but the text and the inspector.
AROUND = "around"
STATE_STEPS = {state: step for step, state in enumerate(ArticleState.values, start=1)}


@dataclass(frozen=True)
class Panel:
    """What stands in the inspector: a template and what it needs. ``title`` is read out when it appears."""

    template: str
    title: str
    context: dict[str, Any] = field(default_factory=dict)


def find_article(request: HttpRequest, uid: UUID) -> Article:
    """The article of an address, with its newest revision; 404 for whoever may not know of it."""
    person = person_of(request)
    for article in _articles_at(uid, person.pk, roles=roles_of(person)):
        return article
    raise Http404


@written_once
def _articles_at(uid: UUID, person: int, *, roles: frozenset[str]) -> QuerySet[Article]:
    asker = Asker(person, roles)
    articles = with_presence(visible_articles(asker), asker).annotate(horizon=Horizon())
    return with_arrival(articles.select_related("head").filter(uid=uid))


def inspector_of(request: HttpRequest, bench: Workbench) -> Panel:
    """The selected mark, or how to select one."""
    person = person_of(request)
    if bench.selected is None:
        return Panel("annotations/_inspector_empty.html", "", {"mark_is_gone": "mark" in request.GET})
    inspected = inspect(bench, bench.selected, person)
    return Panel(
        f"annotations/_inspect_{bench.selected.layer}.html",
        bench.selected.label,
        {
            "inspected": inspected,
            "mark": inspected.shown,
            "noun": inspected.noun,
            "may_change": person.has_perm(CHANGE[bench.selected.layer], inspected.noun),
            **threads_of(bench, person),
        },
    )


def threads_of(bench: Workbench, person: AbstractUser) -> dict[str, Any]:
    """What is said about the selected mark, and whether the person may say something."""
    mark = bench.selected
    has_some = mark is not None and About.of(mark) in bench.talk.every
    return {
        "may_comment": person.has_perm("annotations.comment"),
        "threads": threads_on(mark, bench.article, person) if mark is not None and has_some else [],
    }


CHANGE = {
    "quote": "articles.change_quote",
    "claim": "annotations.change_claim",
    "bias": "annotations.change_biastag",
}


def show_workbench(
    request: HttpRequest, bench: Workbench, panel: Panel, *, status: int = 200, is_old: bool = False
) -> HttpResponse:
    """The whole page; only its bench, or only its inspector, when the page's script asks for that.

    Whoever does not work here gets a page to read.
    """
    person = person_of(request)
    context = {
        "bench": bench,
        "article": bench.article,
        "revision": bench.revision,
        "panel": panel,
        "is_old": is_old,
        "is_demonstration": bench.article.is_demonstration,
        "state_step": STATE_STEPS[bench.article.state],
        "may_mark": not is_old and person.has_perm("articles.record_quote"),
        "may_talk": not is_old and person.has_perm("annotations.comment"),
        "open_comments": bench.talk.open_count,
        "may_decide": person.has_perm("articles.decide_suggestion"),
        "may_repair": not is_old and person.has_perm("articles.repair_anchor"),
        "may_give_examples": person.has_perm("annotations.write_codebook"),
        "may_revise": not is_old and person.has_perm("articles.revise_article"),
        "present": people_in(bench.article.present) if works_here(person) and not is_old else (),  # type: ignore[attr-defined]
        "may_restore": bench.revision.pk != bench.article.head_id and person.has_perm("articles.revise_article"),
        "arrival": arrival_of(bench.article),
        "is_bare": len(bench.placed) > MOST_DRAWN and "drawn" not in request.GET,
        "is_panel": request.headers.get("HX-Target") == "inspector",
        "is_around": request.headers.get("HX-Target") == AROUND,
        "is_extract": not may_read_in_full(person, bench.article),
        "may_change_article": not is_old and person.has_perm("articles.change_article"),
        "may_stop": bool(roles_to_stop_in(person)),
        "is_out": bench.article.state in OUT,
        "next_states": [] if is_old or not person.has_perm("articles.change_article") else next_states(bench.article),
        **panel.context,
    }
    if works_here(person):
        template = _template(request, is_old=is_old)
    else:
        template, context["notices"] = "annotations/article_read.html", notices_on(bench.article, person)
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _template(request: HttpRequest, *, is_old: bool) -> str:
    if request.headers.get("HX-Request") != "true":
        return "annotations/revision.html" if is_old else "annotations/workbench.html"
    if request.headers.get("HX-Target") == "inspector":
        return "annotations/_inspector.html"
    return "annotations/_bench.html"


def next_states(article: Article) -> list[tuple[str, str]]:
    """Where the article may go from here, with the words of the button; what readers have goes by notices."""
    if article.state in OUT:
        return []
    words = {
        ArticleState.EDITING: _("Back to editing") if article.state != ArticleState.INCOMING else _("Take up"),
        ArticleState.CHECKING: _("Send to checking")
        if article.state == ArticleState.EDITING
        else _("Back to checking"),
        ArticleState.APPROVED: _("Approve"),
        ArticleState.PUBLISHED: _("Publish"),
        ArticleState.WITHDRAWN: _("Withdraw"),
    }
    return [(state, words[ArticleState(state)]) for state in NEXT_STATES[article.state]]


def bench_of(request: HttpRequest, article: Article, *, selected: str = "") -> Workbench:
    """The newest revision as this person sees it."""
    person = person_of(request)
    bench = open_workbench(article=article, revision=article.head, person=person, selected=selected)
    if works_here(person):
        return bench
    read = bench_as_read(bench)
    return read if may_read_in_full(person, article) else bench_in_extracts(read)


def asked_mark(request: HttpRequest) -> str:
    """The uid or the label of the mark that ``?mark=`` names; empty when it names none."""
    return request.GET.get("mark", "")


def refuse_on_bench(
    request: HttpRequest, article: Article, problem: str, *, mark: UUID | None = None, status: int = 409
) -> HttpResponse:
    """The workbench as it stands now, with the sentence that says why nothing was written."""
    article.refresh_from_db()
    bench = bench_of(request, article, selected=str(mark or ""))
    panel = inspector_of(request, bench)
    panel.context["problem"] = problem
    return show_workbench(request, bench, panel, status=status)


def go_to_bench(article: Article, *, mark: UUID | None = None) -> HttpResponse:
    """Back to the workbench after a write, with a mark selected if it is about one."""
    address = reverse("annotations:workbench", kwargs={"uid": article.uid})
    return redirect(f"{address}?mark={mark}" if mark else address)


def number_in(request: HttpRequest, name: str) -> int:
    """A whole number that the page sent; -1, which fits nothing, when it is none."""
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1
