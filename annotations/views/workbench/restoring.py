"""An earlier revision as the newest text again: first what that does to the marks, then the new revision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.forms.revising import SavingForm
from annotations.operations.workbench.revising import restore_revision
from annotations.queries.workbench.differences import differences
from annotations.queries.workbench.fates import foresee_restoring
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import find_article, go_to_bench
from articles.models import Article, Revision
from articles.operations.declaring import Undeclared
from articles.operations.revising import NothingChanged
from articles.operations.spans import StaleRevision
from articles.permissions import goes_out_in_full


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def restore_page(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """What restoring a revision would change; with POST the new revision."""
    article = find_article(request, uid)
    refuse_without(person_of(request), "articles.revise_article", article)
    former = get_object_or_404(Revision.objects.select_related("created_by"), article=article, number=number)
    if request.method != "POST":
        return _show(request, article, former, SavingForm(initial={"base": article.head.number}, state=article.state))
    form = SavingForm(request.POST, state=article.state)
    if not form.is_valid():
        return _show(request, article, former, form, status=400)
    base, said = form.cleaned_data["base"], {"note": form.cleaned_data["note"], "declared": form.declared}
    try:
        restore_revision(article=article, base=base, number=number, by=person_of(request), at=timezone.now(), **said)
    except Undeclared as undeclared:
        # It was published while somebody looked at this page, so the form did not ask.
        article.refresh_from_db()
        form = SavingForm(request.POST, state=article.state)
        form.add_error(None, str(undeclared))
        return _show(request, article, former, form, status=409)
    except NothingChanged:
        return _show(request, article, former, form)
    except StaleRevision:
        article.refresh_from_db()
        typed = request.POST.copy()
        typed["base"] = str(article.head.number)
        form = SavingForm(typed, state=article.state)
        return _show(request, article, former, form, status=409, meanwhile=article.head)
    messages.success(request, _("Saved as revision %(number)s.") % {"number": article.head.number})
    return go_to_bench(article)


def _show(
    request: HttpRequest, article: Article, former: Revision, form: SavingForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    head = article.head
    context = {
        "article": article,
        "former": former,
        "form": form,
        "foreseen": foresee_restoring(head, former, person_of(request)),
        "stretches": differences(head.text, former.text) if head.text != former.text else [],
        "is_same": (head.text, head.blocks, head.removed) == (former.text, former.blocks, former.removed),
        "next_number": head.number + 1,
        "readers_see_all": goes_out_in_full(article),
        "is_demonstration": article.is_demonstration,
        **more,
    }
    return render(request, "annotations/restore.html", context, status=status)
