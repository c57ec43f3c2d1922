"""Comments: the threads of a mark, on the workbench or the page of a claim, those of the whole piece, and what people
do with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.forms.comments import CommentForm
from annotations.models import Claim, Comment
from annotations.operations.workbench.comments import (
    AlreadyResolved,
    CommentAnswered,
    NobodyCalled,
    NotAThread,
    NotResolved,
    ThreadResolved,
    change_comment,
    comment,
    put_mention_aside,
    reopen_comment,
    resolve_comment,
    see_mention,
)
from annotations.permissions import visible_bias_tags, visible_claims, visible_comments, visible_mentions
from annotations.queries.workbench.comments import (
    STATES,
    keep_typed,
    live_mark_of,
    people_to_mention,
    threads_in,
    threads_on_claim,
)
from annotations.queries.workbench.page import Workbench
from annotations.views.checking.claims import find_claim, show_claim
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import (
    Panel,
    bench_of,
    find_article,
    inspector_of,
    number_in,
    refuse_on_bench,
    show_workbench,
)
from articles.models import Article, Mark, Stale
from articles.permissions import visible_quotes

BAD_FIELDS, CONFLICT, OTHER_WORDS = 400, 409, 422


def comments_panel(request: HttpRequest, bench: Workbench) -> Panel:
    """All threads of the piece that ``?comments=`` asks for: open, resolved, all."""
    person = person_of(request)
    refuse_without(person, "annotations.comment")
    asked = request.GET.get("comments", "")
    state = asked if asked in STATES else "open"
    threads = threads_in(bench.article, bench.marks, person, state=state)
    return Panel(
        "annotations/_inspect_comments.html",
        _("Comments"),
        {"threads": threads, "comments_state": state, "comment_states": _state_links(state), "may_comment": True},
    )


def _state_links(state: str) -> list[tuple[str, str, bool]]:
    words = {"open": _("Open"), "resolved": _("Resolved"), "all": _("All")}
    return [(each, words[each], each == state) for each in STATES]


@login_required
@require_POST
def add_comment(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Save a remark or an answer, and show it."""
    article, person = find_article(request, uid), person_of(request)
    refuse_without(person, "annotations.comment")
    form = CommentForm(request.POST)
    mark = _mark_in(person, article, form)
    if not form.is_valid():
        return _show_problem(request, article, form, _errors_of(form), mark, status=BAD_FIELDS)
    thread = form.cleaned_data["thread"]
    parent = get_object_or_404(visible_comments(person), article=article, uid=thread) if thread else None
    about = {} if parent else _about(mark)
    try:
        said = comment(
            article=article,
            text=form.cleaned_data["text"],
            parent=parent,
            by=person,
            at=timezone.now(),
            **about,
        )
    except NobodyCalled as stranger:
        return _show_problem(request, article, form, str(stranger), mark, status=OTHER_WORDS)
    return _go_to(request, article, said, mark)


def _errors_of(form: CommentForm) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def _mark_in(person: AbstractUser, article: Article, form: CommentForm) -> Mark | None:
    """The mark that a form is about; 404 when there is none the person may know of."""
    form.is_valid()
    uid = form.cleaned_data.get("mark")
    if uid is None:
        return None
    for visible in (visible_quotes, visible_claims):
        for mark in visible(person).filter(article=article, uid=uid):
            return mark  # type: ignore[no-any-return]
    tag: Mark = get_object_or_404(visible_bias_tags(person), article=article, uid=uid)
    return tag


def _about(mark: Any) -> dict[str, Any]:
    if mark is None:
        return {}
    return {"tag": mark} if mark.span_id is None else {"span": mark.span}


def _go_to(request: HttpRequest, article: Article, said: Comment, mark: Mark | None) -> HttpResponse:
    """Back to where the comment was written: the page of the claim, the mark, or the list of the whole piece."""
    if mark is not None and _is_on_claim(request, mark):
        return redirect(f"{reverse('annotations:claim', kwargs={'uid': mark.uid})}#comment-{said.uid}")
    address = reverse("annotations:workbench", kwargs={"uid": article.uid})
    asked = f"mark={mark.uid}" if mark is not None else f"comments={_listed(request)}"
    return redirect(f"{address}?{asked}#comment-{said.uid}")


def _is_on_claim(request: HttpRequest, mark: Mark | None) -> bool:
    """Whether the form stood on the page of the claim it is about."""
    return isinstance(mark, Claim) and request.POST.get("back") == "claim"


def _listed(request: HttpRequest) -> str:
    state = request.POST.get("comments", "")
    return state if state in STATES else "open"


def _show_problem(
    request: HttpRequest, article: Article, form: CommentForm, problem: str, mark: Mark | None, *, status: int
) -> HttpResponse:
    """What was typed, where it was typed, with why it was not saved."""
    typed, thread = request.POST.get("text", ""), request.POST.get("thread", "")
    if mark is not None and _is_on_claim(request, mark):
        return _show_on_claim(request, mark, typed=typed, thread=thread, problem=problem, status=status)
    bench = bench_of(request, article, selected=str(mark.uid) if mark is not None else "")
    panel = inspector_of(request, bench) if bench.selected else comments_panel(request, bench)
    if thread:
        keep_typed(panel.context["threads"], thread, typed=typed, problem=problem)
    else:
        panel.context.update(typed=typed, comment_problem=problem)
    return show_workbench(request, bench, panel, status=status)


def _show_on_claim(
    request: HttpRequest, mark: Mark, *, typed: str, thread: str, problem: str, status: int
) -> HttpResponse:
    claim = find_claim(request, mark.uid)
    if not thread:
        return show_claim(request, claim, status=status, typed=typed, comment_problem=problem)
    threads = threads_on_claim(claim, person_of(request))
    keep_typed(threads, thread, typed=typed, problem=problem)
    return show_claim(request, claim, status=status, threads=threads)


@login_required
@require_POST
def change(request: HttpRequest, uid: UUID, comment: UUID) -> HttpResponse:
    """Put one's own words right."""
    article, person = find_article(request, uid), person_of(request)
    remark = get_object_or_404(visible_comments(person), article=article, uid=comment)
    refuse_without(person, "annotations.change_comment", remark)
    form = CommentForm(request.POST)
    mark = _mark_in(person, article, form)
    if not form.is_valid():
        return _refuse(request, article, _errors_of(form), mark, status=BAD_FIELDS)
    return _act(request, article, remark, mark, change_comment, text=form.cleaned_data["text"])


@login_required
@require_POST
def resolve(request: HttpRequest, uid: UUID, comment: UUID) -> HttpResponse:
    """Say that a thread is dealt with."""
    return _settle(request, uid, comment, resolve_comment)


@login_required
@require_POST
def reopen(request: HttpRequest, uid: UUID, comment: UUID) -> HttpResponse:
    """Open a thread again."""
    return _settle(request, uid, comment, reopen_comment)


def _settle(request: HttpRequest, uid: UUID, comment: UUID, operation: Callable[..., Comment]) -> HttpResponse:
    article, person = find_article(request, uid), person_of(request)
    refuse_without(person, "annotations.comment")
    remark = get_object_or_404(visible_comments(person), article=article, uid=comment)
    return _act(request, article, remark, _mark_in(person, article, CommentForm(request.POST)), operation)


def _act(
    request: HttpRequest,
    article: Article,
    remark: Comment,
    mark: Mark | None,
    operation: Callable[..., Comment],
    **values: Any,
) -> HttpResponse:
    try:
        operation(
            comment=remark, seen=number_in(request, "version"), by=person_of(request), at=timezone.now(), **values
        )
    except Stale:
        problem = _("Somebody changed this thread in between. Look at it as it stands now.")
        return _refuse(request, article, problem, mark, status=CONFLICT)
    except (AlreadyResolved, NotResolved, NotAThread, ThreadResolved, CommentAnswered) as refused:
        return _refuse(request, article, str(refused), mark, status=CONFLICT)
    except NobodyCalled as stranger:
        return _refuse(request, article, str(stranger), mark, status=OTHER_WORDS)
    return _go_to(request, article, remark, mark)


def _refuse(request: HttpRequest, article: Article, problem: str, mark: Mark | None, *, status: int) -> HttpResponse:
    if mark is not None and _is_on_claim(request, mark):
        return show_claim(request, find_claim(request, mark.uid), problem=problem, status=status)
    return refuse_on_bench(request, article, problem, mark=mark.uid if mark is not None else None, status=status)


@login_required
@require_safe
def people(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Whom one may mention, by how ``?q=`` begins their name, for the list under an @."""
    article, person = find_article(request, uid), person_of(request)
    refuse_without(person, "annotations.comment")
    found = people_to_mention(article, request.GET.get("q", "")[:150], person=person)
    return JsonResponse({"people": [{"username": each.username, "name": str(each)} for each in found]})


@login_required
@require_safe
def open_mention(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Go to the comment that names the person, and note that they saw it."""
    person = person_of(request)
    found = visible_mentions(person).select_related("comment__article")
    mention = get_object_or_404(found, uid=uid)
    see_mention(mention=mention, by=person, at=timezone.now())
    remark = mention.comment
    mark = live_mark_of(remark)
    address = reverse("annotations:workbench", kwargs={"uid": remark.article.uid})
    asked = "comments=all" if mark is None else f"mark={mark.uid}"
    return redirect(f"{address}?{asked}#comment-{remark.uid}")


@login_required
@require_POST
def aside(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a mention off the person's desk."""
    person = person_of(request)
    mention = get_object_or_404(visible_mentions(person), uid=uid)
    put_mention_aside(mention=mention, by=person, at=timezone.now())
    return redirect("annotations:desk")
