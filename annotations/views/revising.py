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

from annotations.forms.revising import ReviseForm, paragraphs_of
from annotations.operations.revising import correct, revise
from annotations.queries.differences import differences
from annotations.queries.fates import foresee
from annotations.queries.merging import merge
from annotations.views.bench import find_article, go_to_bench, number_in
from annotations.views.rights import person_of, refuse_without
from articles.anchoring.text import SEPARATOR, BlockMalformed, HeadlineMissing
from articles.models import Article, Draft, Revision
from articles.operations.articles import RemovedLinesUnseen
from articles.operations.revising import NothingChanged, Rewritten, discard_draft, keep_draft
from articles.operations.spans import StaleRevision
from articles.permissions import goes_out_in_full, visible_drafts

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
    return _show(request, article, ReviseForm(initial=initial, state=article.state), draft=draft)


def _draft_of(request: HttpRequest, article: Article) -> Draft | None:
    return visible_drafts(person_of(request)).select_related("base").filter(article=article).first()


def _consider(request: HttpRequest, article: Article) -> HttpResponse:
    form = ReviseForm(request.POST, state=article.state)
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
        return _show_conflict(request, article, base, rewritten)
    if "save" in request.POST:
        return _save(request, article, form, rewritten)
    if text == base.text:
        return _show(request, article, form, nothing_changed=True)
    foreseen = foresee(base, text, person_of(request))
    return _show(request, article, form, foreseen=foreseen, stretches=differences(base.text, text))


def _save(request: HttpRequest, article: Article, form: ReviseForm, rewritten: Rewritten) -> HttpResponse:
    base, note = form.cleaned_data["base"], form.cleaned_data["note"]
    save = correct if form.cleaned_data.get("mark_corrected") else revise
    try:
        save(article=article, base=base, rewritten=rewritten, by=person_of(request), at=timezone.now(), note=note)
    except RemovedLinesUnseen:
        form.add_error("mark_corrected", _("Look at the removed lines of this article before you mark it."))
        return _show(request, article, form, status=409)
    except NothingChanged:
        return _show(request, article, form, nothing_changed=True)
    except StaleRevision:
        saw = Revision.objects.get(article=article, number=base)
        article.refresh_from_db()
        return _show_conflict(request, article, saw, rewritten)
    messages.success(request, _("Saved as revision %(number)s.") % {"number": article.head.number})
    return go_to_bench(article)


def _show_conflict(request: HttpRequest, article: Article, base: Revision, rewritten: Rewritten) -> HttpResponse:
    """Their changes and the writer's put together on top of the newest revision; where both changed one, both sides."""
    newest = Revision.objects.select_related("created_by").get(pk=article.head_id)
    mine = [block.text for block in rewritten.blocks]
    merged = merge(paragraphs_of(base), paragraphs_of(newest), mine)
    headline = merge([base.headline], [newest.headline], [rewritten.headline])
    typed = request.POST.copy()
    typed["base"], typed["headline"] = str(newest.number), headline.paragraphs[0]
    typed["body"] = SEPARATOR.join(merged.paragraphs)
    conflict = {"newest": newest, "base": base, "overlaps": [*headline.overlaps, *merged.overlaps]}
    form = ReviseForm(typed, state=article.state)
    if conflict["overlaps"] or not form.is_valid():
        return _show(request, article, form, status=409, conflict=conflict)
    text = form.rewritten(newest).text
    if text == newest.text:
        return _show(request, article, form, status=409, conflict=conflict, nothing_changed=True)
    foreseen = foresee(newest, text, person_of(request))
    stretches = differences(newest.text, text)
    return _show(request, article, form, status=409, conflict=conflict, foreseen=foreseen, stretches=stretches)


def _show(request: HttpRequest, article: Article, form: ReviseForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "article": article,
        "form": form,
        "next_number": article.head.number + 1,
        "readers_see_all": goes_out_in_full(article),
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
