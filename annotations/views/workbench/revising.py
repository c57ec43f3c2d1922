"""Rewriting an article: see what happens to the marks, then save; a draft is kept meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.forms.editing import tidied
from annotations.forms.paragraphs import blocks_of
from annotations.forms.revising import KIND_NAMES, ReviseForm, with_body
from annotations.operations.workbench.revising import revise
from annotations.queries.workbench.differences import differences
from annotations.queries.workbench.fates import foresee
from annotations.queries.workbench.merging import Merge, Overlap, merge
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import find_article, go_to_bench
from annotations.views.workbench.drafting import draft_on, unsaved_text
from articles.anchoring.text import Block, BlockMalformed, HeadlineMissing
from articles.models import Article, Revision
from articles.operations.declaring import Undeclared
from articles.operations.revising import NothingChanged, Rewritten
from articles.operations.spans import StaleRevision
from articles.permissions import goes_out_in_full


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revise_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The text to be rewritten; with POST the consequences, or the new revision."""
    article = find_article(request, uid)
    refuse_without(person_of(request), "articles.revise_article", article)
    if request.method == "POST":
        return _consider(request, article)
    draft = draft_on(article, person_of(request))
    unsaved, kept = unsaved_text(article, draft), draft.saved_at.isoformat() if draft else ""
    if unsaved is None:
        stored = ReviseForm.showing(article.head.number, article.head.headline, blocks_of(article.head))
        return _show(request, article, ReviseForm(initial=stored, state=article.state), kept=kept)
    if unsaved.draft.base_id != article.head_id and unsaved.rewritten is not None:
        return _show_together(request, article, unsaved.draft.base, unsaved.rewritten, unsaved=unsaved, kept=kept)
    form = ReviseForm(initial=unsaved.shown(), state=article.state)
    return _show(request, article, form, unsaved=unsaved, kept=kept)


@login_required
@require_POST
def foresee_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The parts of the page that say what saving would do, for the page's script; a sentence where nothing can be said.

    Answers 422 where the text cannot be saved as it is, 409 where somebody saved another in between.
    """
    article = find_article(request, uid)
    refuse_without(person_of(request), "articles.revise_article", article)
    form = ReviseForm(request.POST, state=article.state)
    rewritten = _rewritten(form, article)
    if rewritten is None:
        reasons = " ".join(str(reason) for field in form for reason in field.errors)
        return HttpResponse(reasons, status=422, content_type="text/plain")
    base = article.head
    if form.cleaned_data["base"] != base.number:
        sentence = _(
            "%(who)s saved revision %(number)s while you were writing. Press “See what happens” to put both together."
        )
        return HttpResponse(
            sentence % {"who": base.created_by, "number": base.number}, status=409, content_type="text/plain"
        )
    context = {"article": article, "next_number": base.number + 1, **_consequences(request, base, rewritten.text)}
    return render(request, "annotations/_revise_foreseen.html", context)


def _consequences(request: HttpRequest, base: Revision, text: str) -> dict[str, Any]:
    # Where kinds and formats alone have changed, every mark is kept and no word differs.
    stretches = differences(base.text, text) if text != base.text else []
    return {"foreseen": foresee(base, text, person_of(request)), "stretches": stretches}


def _rewritten(form: ReviseForm, article: Article) -> Rewritten | None:
    """What the form holds, on top of the revision it names; None, with the errors in the form, when it is no text."""
    if not form.is_valid():
        return None
    base = get_object_or_404(Revision, article=article, number=form.cleaned_data["base"])
    rewritten = form.rewritten(base)
    try:
        rewritten.text  # noqa: B018
    except HeadlineMissing:
        form.add_error("headline", _("An article needs a headline."))
        return None
    except BlockMalformed as malformed:
        form.add_error("headline" if malformed.field == "headline" else "body", str(malformed))
        return None
    return rewritten


def _consider(request: HttpRequest, article: Article) -> HttpResponse:
    form = ReviseForm(with_body(request.POST), state=article.state)
    rewritten = _rewritten(form, article)
    if rewritten is None:
        return _show(request, article, form, status=400)
    base = Revision.objects.get(article=article, number=form.cleaned_data["base"])
    if base.pk != article.head_id:
        return _show_together(request, article, base, rewritten, status=409)
    if "save" in request.POST:
        return _save(request, article, form, rewritten)
    if _is_same(rewritten, base):
        return _show(request, article, form, nothing_changed=True)
    return _show(request, article, form, **_consequences(request, base, rewritten.text))


def _is_same(rewritten: Rewritten, revision: Revision) -> bool:
    return rewritten.text == revision.text and list(rewritten.blocks) == blocks_of(revision)


def _save(request: HttpRequest, article: Article, form: ReviseForm, rewritten: Rewritten) -> HttpResponse:
    base, said = form.cleaned_data["base"], {"note": form.cleaned_data["note"], "declared": form.declared}
    try:
        revise(article=article, base=base, rewritten=rewritten, by=person_of(request), at=timezone.now(), **said)
    except Undeclared as undeclared:
        # It was published while somebody wrote, so the form did not ask.
        article.refresh_from_db()
        form = ReviseForm(with_body(request.POST), state=article.state)
        form.add_error(None, str(undeclared))
        return _show(request, article, form, status=409, **_consequences(request, article.head, rewritten.text))
    except NothingChanged:
        return _show(request, article, form, nothing_changed=True)
    except StaleRevision:
        saw = Revision.objects.get(article=article, number=base)
        article.refresh_from_db()
        return _show_together(request, article, saw, rewritten, status=409)
    messages.success(request, _("Saved as revision %(number)s.") % {"number": article.head.number})
    return go_to_bench(article)


def _show_together(
    request: HttpRequest,
    article: Article,
    base: Revision,
    rewritten: Rewritten,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Their changes and the writer's put together on top of the newest revision; where both changed one, both sides."""
    newest = Revision.objects.select_related("created_by").get(pk=article.head_id)
    former, theirs, mine = ([tidied(block) for block in each] for each in _three(base, newest, rewritten))
    merged = merge(former, theirs, mine)
    headline = merge([base.headline], [newest.headline], [rewritten.headline])
    shown = ReviseForm.showing(newest.number, headline.paragraphs[0], merged.paragraphs)
    typed = request.POST.copy()
    for name, value in shown.items():
        typed[name] = str(value)
    conflict = {"newest": newest, "base": base, "overlaps": _overlaps(headline, merged)}
    form = ReviseForm(typed, state=article.state)
    more |= {"status": status, "conflict": conflict}
    if conflict["overlaps"] or not form.is_valid():
        return _show(request, article, form, **more)
    together = form.rewritten(newest)
    if _is_same(together, newest):
        return _show(request, article, form, nothing_changed=True, **more)
    return _show(request, article, form, **more, **_consequences(request, newest, together.text))


def _three(base: Revision, newest: Revision, rewritten: Rewritten) -> tuple[Sequence[Block], ...]:
    return blocks_of(base), blocks_of(newest), rewritten.blocks


def _overlaps(headline: Merge[str], merged: Merge[Block]) -> list[Overlap[str]]:
    """Both sides of what both changed, as words."""
    told = [
        Overlap([block.text for block in overlap.theirs], [block.text for block in overlap.mine])
        for overlap in merged.overlaps
    ]
    return [*headline.overlaps, *told]


def _show(request: HttpRequest, article: Article, form: ReviseForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "article": article,
        "form": form,
        "for_editor": form.for_editor(article.head),
        "kinds": KIND_NAMES,
        "next_number": article.head.number + 1,
        "readers_see_all": goes_out_in_full(article),
        "is_demonstration": article.is_demonstration,
        "kept": request.POST.get("kept", ""),
        **more,
    }
    return render(request, "annotations/revise.html", context, status=status)
