"""Rewriting an article: see what happens to the marks, then save; a draft is kept meanwhile."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.forms.revising import ReviseForm
from annotations.operations.revising import revise
from annotations.queries.differences import differences
from annotations.queries.fates import foresee
from annotations.views.bench import find_article, go_to_bench, number_in
from annotations.views.rights import person_of, refuse_without
from articles.anchoring.text import BlockMalformed, HeadlineMissing
from articles.models import Article, Draft, Revision
from articles.operations.revising import NothingChanged, Rewritten, discard_draft, keep_draft
from articles.operations.spans import StaleRevision
from articles.permissions import visible_drafts

LONGEST_DRAFT = 6_000_000  # characters of a draft that are kept


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revise_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The text to be rewritten; with POST the consequences, or the new revision."""
    article = find_article(request, uid)
    refuse_without(person_of(request), "articles.revise_article", article)
    if request.method == "POST":
        return _consider(request, article)
    draft = _draft_of(request, article)
    initial = ReviseForm.stored(article.head)
    if draft is not None:
        initial = {"base": draft.base.number, "headline": draft.headline, "body": draft.body}
    return _show(request, article, ReviseForm(initial=initial), draft=draft)


def _draft_of(request: HttpRequest, article: Article) -> Draft | None:
    return visible_drafts(person_of(request)).select_related("base").filter(article=article).first()


def _consider(request: HttpRequest, article: Article) -> HttpResponse:
    form = ReviseForm(request.POST)
    if not form.is_valid():
        return _show(request, article, form, status=400)
    base = get_object_or_404(Revision, article=article, number=form.cleaned_data["base"])
    rewritten = form.rewritten(base)
    try:
        text = rewritten.text
    except HeadlineMissing:
        form.add_error("headline", _("An article needs a headline."))
        return _show(request, article, form, status=400)
    except BlockMalformed as malformed:
        form.add_error("headline" if malformed.field == "headline" else "body", str(malformed))
        return _show(request, article, form, status=400)
    if base.pk != article.head_id:
        return _show_conflict(request, article, form, base, text)
    if "save" in request.POST:
        return _save(request, article, form, rewritten)
    if text == base.text:
        return _show(request, article, form, nothing_changed=True)
    foreseen = foresee(base, text, person_of(request))
    return _show(request, article, form, foreseen=foreseen, stretches=differences(base.text, text))


def _save(request: HttpRequest, article: Article, form: ReviseForm, rewritten: Rewritten) -> HttpResponse:
    base, note = form.cleaned_data["base"], form.cleaned_data["note"]
    try:
        revise(article=article, base=base, rewritten=rewritten, by=person_of(request), at=timezone.now(), note=note)
    except NothingChanged:
        return _show(request, article, form, nothing_changed=True)
    except StaleRevision:
        saw = Revision.objects.get(article=article, number=base)
        article.refresh_from_db()
        return _show_conflict(request, article, form, saw, rewritten.text)
    messages.success(request, _("Saved as revision %(number)s.") % {"number": article.head.number})
    return go_to_bench(article)


def _show_conflict(request: HttpRequest, article: Article, form: ReviseForm, base: Revision, text: str) -> HttpResponse:
    """Both sides against the revision the writer began with; the form goes on from the newest one."""
    newest = Revision.objects.select_related("created_by").get(pk=article.head_id)
    typed = request.POST.copy()
    typed["base"] = str(newest.number)
    conflict = {
        "newest": newest,
        "base": base,
        "theirs": differences(base.text, newest.text),
        "yours": differences(base.text, text),
    }
    return _show(request, article, ReviseForm(typed), status=409, conflict=conflict)


def _show(request: HttpRequest, article: Article, form: ReviseForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "article": article,
        "form": form,
        "next_number": article.head.number + 1,
        "is_demonstration": article.is_demonstration,
        **more,
    }
    return render(request, "annotations/revise.html", context, status=status)


@login_required
@require_POST
def draft(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep what is being written, for its writer alone."""
    article, person = find_article(request, uid), person_of(request)
    refuse_without(person, "articles.revise_article", article)
    base = get_object_or_404(Revision, article=article, number=number_in(request, "base"))
    headline, body = request.POST.get("headline", ""), request.POST.get("body", "")
    if len(body) > LONGEST_DRAFT or "\0" in headline + body:
        return HttpResponse(_("This draft cannot be kept: it is too long or holds a NUL."), status=400)
    keep_draft(article=article, base=base.number, headline=headline, body=body, by=person, at=timezone.now())
    return HttpResponse(status=204)


@login_required
@require_POST
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Throw one's draft away."""
    article, person = find_article(request, uid), person_of(request)
    discard_draft(article=article, by=person)
    messages.success(request, _("Your draft is gone."))
    return redirect("annotations:revise", uid=article.uid)
