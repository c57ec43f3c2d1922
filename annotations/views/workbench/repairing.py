"""Saying where a mark stands: a place confirmed, a new place, or none."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.forms.workbench import WordsForm
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import find_article, go_to_bench, refuse_on_bench
from annotations.views.workbench.markforms import find_kind, find_mark
from annotations.views.workbench.marking import OTHER_WORDS, NoWords, words_of
from articles.anchoring.selectors import ExactMismatch, OffsetsOutside
from articles.operations import placing
from articles.operations.spans import StaleRevision, TextMismatch


@login_required
@require_POST
def place_mark(request: HttpRequest, uid: UUID, layer: str, mark: UUID) -> HttpResponse:
    """Put a mark on the words that the form names: the proposed ones, or others."""
    article, person, kind = find_article(request, uid), person_of(request), find_kind(layer)
    noun = find_mark(request, article, kind, mark)
    refuse_without(person, "articles.repair_anchor", noun)
    form = WordsForm(request.POST)
    try:
        if noun.span is None or not form.is_valid():
            raise NoWords
        placing.place_mark(
            mark=noun,
            base=form.cleaned_data["base"],
            words=words_of(form, article),
            by=person,
            at=timezone.now(),
        )
    except StaleRevision:
        return refuse_on_bench(request, article, _newer_text(), mark=mark)
    except NoWords:
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        problem = " ".join(sentences) or _("Say which words the mark stands on.")
        return refuse_on_bench(request, article, problem, mark=mark, status=OTHER_WORDS)
    except (TextMismatch, ExactMismatch, OffsetsOutside):
        problem = _("Other words stand there than the ones you saw. Select them again.")
        return refuse_on_bench(request, article, problem, mark=mark, status=OTHER_WORDS)
    return go_to_bench(article, mark=noun.uid)


@login_required
@require_POST
def unplace_mark(request: HttpRequest, uid: UUID, layer: str, mark: UUID) -> HttpResponse:
    """Say that the words of a mark stand nowhere in the text any more."""
    article, person, kind = find_article(request, uid), person_of(request), find_kind(layer)
    noun = find_mark(request, article, kind, mark)
    refuse_without(person, "articles.repair_anchor", noun)
    form = WordsForm(request.POST)
    if noun.span is None or not form.is_valid():
        return refuse_on_bench(request, article, _("A mark on the whole article has no place."), status=OTHER_WORDS)
    try:
        placing.unplace_mark(mark=noun, base=form.cleaned_data["base"], by=person, at=timezone.now())
    except StaleRevision:
        return refuse_on_bench(request, article, _newer_text(), mark=mark)
    return go_to_bench(article, mark=noun.uid)


def _newer_text() -> str:
    return _("The text was saved anew in between. Look at the mark as it stands now, then decide again.")
