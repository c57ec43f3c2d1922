"""Marking with a key: the words are marked at once, with what they say themselves; the rest is filled in afterwards.

For the script of the workbench, so the answers are JSON: the new mark's ``uid`` and ``label``, or a ``problem`` in a
sentence. Without a script the same is done by a form (:mod:`annotations.views.workbench.marking`).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.forms.workbench import WordsForm
from annotations.models import BiasCategory, Severity
from annotations.operations.workbench.bias import LevelNotOffered
from annotations.queries.workbench.marks import label_of
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import find_article
from annotations.views.workbench.markforms import Kind, find_kind, find_mark, guess
from annotations.views.workbench.refusing import (
    BAD_FIELDS,
    CONFLICT,
    OTHER_WORDS,
    counted,
    newer_text,
    other_words,
    refusal,
)
from articles.anchoring.selectors import ExactMismatch, OffsetsOutside
from articles.models import Article
from articles.operations import placing
from articles.operations.quotes import QuotedBefore
from articles.operations.spans import StaleRevision, TextMismatch, Words

MADE = 201


@login_required
@require_POST
def mark_at_once(request: HttpRequest, uid: UUID, layer: str) -> JsonResponse:
    """Mark the words that the page counted. A bias tag names its ``category`` by slug."""
    article, person, kind = find_article(request, uid), person_of(request), find_kind(layer)
    refuse_without(person, kind.may_record)
    form = WordsForm(request.POST)
    words = counted(form)
    if words is None:
        return refusal(_("Select the words first."), status=BAD_FIELDS)
    if not 0 <= words.start < words.end <= len(article.head.text):
        return refusal(other_words(), status=OTHER_WORDS)
    try:
        values = _values(request, kind, article, words)
        mark = kind.record(
            article=article, base=form.cleaned_data["base"], words=words, by=person, at=timezone.now(), **values
        )
    except BiasCategory.DoesNotExist:
        return refusal(_("Choose what kind of bias it is."), status=BAD_FIELDS)
    except LevelNotOffered as refused:
        return refusal(str(refused), status=BAD_FIELDS)
    except (TextMismatch, ExactMismatch, OffsetsOutside):
        return refusal(other_words(), status=OTHER_WORDS)
    except QuotedBefore as before:
        sentence = _("These words are a quote of this speaker already")
        return refusal(sentence, status=CONFLICT, existing=before.existing)
    except StaleRevision:
        return refusal(newer_text(), status=CONFLICT)
    return JsonResponse({"uid": str(mark.uid), "label": label_of(mark)}, status=MADE)


@login_required
@require_POST
def resize_mark(request: HttpRequest, uid: UUID, layer: str, mark: UUID) -> JsonResponse:
    """Put a mark on more words or fewer; what hangs on it stays."""
    article, person, kind = find_article(request, uid), person_of(request), find_kind(layer)
    noun = find_mark(request, article, kind, mark)
    refuse_without(person, "articles.repair_anchor", noun)
    form = WordsForm(request.POST)
    words = counted(form)
    if words is None or noun.span is None:
        return refusal(_("Select the words first."), status=BAD_FIELDS)
    try:
        placing.place_mark(mark=noun, base=form.cleaned_data["base"], words=words, by=person, at=timezone.now())
    except (TextMismatch, ExactMismatch, OffsetsOutside):
        return refusal(other_words(), status=OTHER_WORDS)
    except StaleRevision:
        return refusal(newer_text(), status=CONFLICT)
    return JsonResponse({"uid": str(noun.uid), "start": words.start, "end": words.end})


def _values(request: HttpRequest, kind: Kind, article: Article, words: Words) -> dict[str, Any]:
    """What is known of the mark beyond its words.

    :raises BiasCategory.DoesNotExist: when no category of the desk's codebook is named.
    """
    if kind.layer != "bias":
        return guess(kind, article.head, words.start, words.end)
    offered = BiasCategory.objects.filter(codebook__projects__is_default=True)
    return {"category": offered.get(slug=request.POST.get("category", "")), "severity": Severity.MILD}
