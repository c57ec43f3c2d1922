"""The kinds of marks, and their forms in the inspector: empty, guessed from the words, or with what is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from annotations.forms.workbench import (
    ChangedClaim,
    ChangedQuote,
    ChangedTag,
    NewClaim,
    NewQuote,
    NewTag,
    WordsForm,
    letter_of,
)
from annotations.models import BiasCategory, ClaimantKind
from annotations.operations.checking.claims import change_claim, record_claim, retract_claim
from annotations.operations.workbench.bias import change_tag, retract_tag, tag_bias
from annotations.permissions import visible_bias_tags, visible_claims
from annotations.queries.workbench.marks import ShownMark, examples_of, quote_around
from annotations.queries.workbench.page import Workbench
from annotations.views.desk.voices import who_is_meant
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import (
    Panel,
)
from articles.models import Article, Mark, QuoteKind, Revision, Speaker
from articles.operations.quotes import change_quote, record_quote, retract_quote
from articles.permissions import visible_quotes

SPEAKERS_OFFERED = 300
# Quotation marks at the ends of words are not part of what they state.
AROUND_WORDS = '“”"„«» ,'
OPENING, CLOSING, STRAIGHT = "“„«", "”»", '"'


@dataclass(frozen=True)
class Kind:
    """One kind of mark: its forms, its rights and its operations."""

    layer: str
    noun: str  # what the operations call it
    title: str | Promise
    title_change: str | Promise
    new_form: type[Any]
    changed_form: type[Any]
    visible: Callable[[Any], QuerySet[Any]]
    may_record: str
    may_change: str
    record: Callable[..., Mark]
    change: Callable[..., Mark]
    retract: Callable[..., Mark]


KINDS = {
    "quote": Kind(
        "quote",
        "quote",
        gettext_lazy("New quote"),
        gettext_lazy("Change quote"),
        NewQuote,
        ChangedQuote,
        visible_quotes,
        "articles.record_quote",
        "articles.change_quote",
        record_quote,
        change_quote,
        retract_quote,
    ),
    "claim": Kind(
        "claim",
        "claim",
        gettext_lazy("New claim"),
        gettext_lazy("Change claim"),
        NewClaim,
        ChangedClaim,
        visible_claims,
        "annotations.record_claim",
        "annotations.change_claim",
        record_claim,
        change_claim,
        retract_claim,
    ),
    "bias": Kind(
        "bias",
        "tag",
        gettext_lazy("New bias tag"),
        gettext_lazy("Change bias tag"),
        NewTag,
        ChangedTag,
        visible_bias_tags,
        "annotations.tag_bias",
        "annotations.change_biastag",
        tag_bias,
        change_tag,
        retract_tag,
    ),
}


def marking_panel(request: HttpRequest, bench: Workbench, kind: Kind) -> Panel:
    """An empty form for the words that ``?start=`` and ``?end=`` name, or for words to be typed."""
    refuse_without(person_of(request), kind.may_record)
    text = bench.text
    asked = WordsForm({**request.GET.dict(), "base": str(bench.revision.number)})
    asked.is_valid()
    start, end = asked.cleaned_data.get("start"), asked.cleaned_data.get("end")
    initial: dict[str, Any] = {"base": bench.revision.number, "text_sha256": bench.revision.text_sha256}
    if start is not None and end is not None and start < end <= len(text):
        guessed = _as_typed(guess(kind, bench.revision, start, end))
        initial.update(start=start, end=end, exact=text[start:end], **guessed)
    initial.update({name: request.GET[name] for name in ("quote", "level") if name in request.GET})
    form = kind.new_form(initial=initial)
    meant = who_is_meant(request, bench.article, form)
    return form_panel(kind, form, meant=meant, choices=choices_of(form, person_of(request)))


def guess(kind: Kind, revision: Revision, start: int, end: int) -> dict[str, Any]:
    """What the words themselves say about the fields of a mark on them, as its operation takes them."""
    if kind.layer == "quote":
        in_marks = _in_quotation_marks(revision.text, start, end)
        return {"kind": QuoteKind.DIRECT if in_marks else QuoteKind.INDIRECT}
    if kind.layer == "claim":
        return {"canonical": revision.text[start:end].strip(AROUND_WORDS), **_claimant(revision, start, end)}
    return {}


def _in_quotation_marks(text: str, start: int, end: int) -> bool:
    """Whether double quotation marks stand in the words, or open before them in their paragraph and are not closed."""
    if any(sign in OPENING + CLOSING + STRAIGHT for sign in text[start:end]):
        return True
    block = max(text.rfind("\n\n", 0, start), 0)
    is_open = False
    for sign in text[block:start]:
        if sign in STRAIGHT:
            is_open = not is_open
        elif sign in OPENING or sign in CLOSING:
            # The sign that opens in English closes in German.
            is_open = not is_open if sign == "“" else sign in OPENING
    return is_open


def _claimant(revision: Revision, start: int, end: int) -> dict[str, Any]:
    """The speaker of the quote that the words lie in, and the quote."""
    quote = quote_around(revision, start, end)
    if quote is None or quote.speaker is None:
        return {}
    speaker = quote.speaker.merged_into or quote.speaker
    return {"claimant_kind": ClaimantKind.SPEAKER, "speaker": speaker, "quote": quote}


def _as_typed(guessed: dict[str, Any]) -> dict[str, Any]:
    """Guesses as the fields of a form show them."""
    typed = dict(guessed)
    if "speaker" in typed:
        typed["speaker"] = typed["speaker"].name
    if "quote" in typed:
        typed["quote"] = typed["quote"].uid
    return typed


def form_panel(kind: Kind, form: forms.Form, **more: Any) -> Panel:
    """A form for a new mark, empty or with what was typed."""
    context = {"form": form, "kind": kind, "speakers": _speakers() if "speaker" in form.fields else (), **more}
    return Panel("annotations/_mark_form.html", str(kind.title), context)


@dataclass(frozen=True)
class Choice:
    """A category to be chosen by its letter, with words that were tagged with it before."""

    slug: str
    letter: str
    name: str
    definition: str
    examples: Sequence[str]


def choices_of(form: forms.Form, person: AbstractUser) -> list[Choice]:
    """The categories of a form for tags, in the order of the codebook."""
    categories: dict[str, BiasCategory] = getattr(form, "categories", {})
    examples = examples_of(person) if categories else {}
    return [
        Choice(slug, letter_of(category), category.name, category.definition, examples.get(category.pk, ()))
        for slug, category in categories.items()
    ]


def _speakers() -> Any:
    return Speaker.objects.unmerged().order_by("name", "pk").values_list("name", "title")[:SPEAKERS_OFFERED]


def changing_panel(request: HttpRequest, bench: Workbench, mark: ShownMark) -> Panel:
    """The form of a mark with what is stored in it."""
    kind = KINDS[mark.layer]
    noun = find_mark(request, bench.article, kind, mark.uid)
    refuse_without(person_of(request), kind.may_change, noun)
    form = kind.changed_form(initial={**kind.changed_form.stored(noun), "version": noun.version})
    return change_panel(kind, noun, form, meant=who_is_meant(request, bench.article, form))


def editing(request: HttpRequest, bench: Workbench, noun: Mark, kind: Kind) -> dict[str, Any]:
    """The form in which a mark is changed where it is inspected."""
    form = kind.changed_form(initial={**kind.changed_form.stored(noun), "version": noun.version})
    return {
        "form": form,
        "kind": kind,
        "speakers": _speakers() if "speaker" in form.fields else (),
        "meant": who_is_meant(request, bench.article, form),
    }


def change_panel(kind: Kind, noun: Mark, form: forms.Form, **more: Any) -> Panel:
    context = {"form": form, "kind": kind, "noun": noun, "speakers": _speakers() if "speaker" in form.fields else ()}
    return Panel("annotations/_change_form.html", str(kind.title_change), {**context, **more})


def find_mark(request: HttpRequest, article: Article, kind: Kind, uid: UUID) -> Any:
    """A mark of the article by its uid; 404 when there is none the person may know of."""
    return get_object_or_404(kind.visible(person_of(request)), article=article, uid=uid)


def find_kind(layer: str) -> Kind:
    if layer not in KINDS:
        raise Http404(layer)
    return KINDS[layer]
