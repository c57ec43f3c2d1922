"""Marking words as a quote, a claim or a bias tag; changing a mark and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from annotations.forms.workbench import (
    ChangedClaim,
    ChangedQuote,
    ChangedTag,
    NewClaim,
    NewQuote,
    NewTag,
    WordsForm,
)
from annotations.models import Level
from annotations.operations.bias import LevelNotOffered, change_tag, retract_tag, tag_bias
from annotations.operations.claims import change_claim, record_claim, retract_claim
from annotations.permissions import visible_bias_tags, visible_claims
from annotations.queries.history import version_of
from annotations.queries.marks import ShownMark, sentence_at, sentences_of
from annotations.queries.workbench import Workbench
from annotations.views.bench import (
    Panel,
    bench_of,
    find_article,
    go_to_bench,
    number_in,
    refuse_on_bench,
    show_workbench,
)
from annotations.views.conflicts import settle
from annotations.views.rights import person_of, refuse_without
from articles.anchoring.selectors import ExactMismatch, OffsetsOutside, WordsAmbiguous, WordsNotFound, find_exact
from articles.anchoring.text import TextRefused, normalise
from articles.models import Article, Mark, QuoteKind, Speaker, Stale
from articles.operations.quotes import AlreadyRetracted, QuotedBefore, change_quote, record_quote, retract_quote
from articles.operations.spans import StaleRevision, TextMismatch, Words
from articles.operations.speakers import add_speaker
from articles.permissions import visible_quotes

CONFLICT, BAD_FIELDS, OTHER_WORDS = 409, 400, 422
SPEAKERS_OFFERED = 300
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


class NoWords(Exception):
    """The form does not say which words are meant; the error stands in it."""


# The forms


def marking_panel(request: HttpRequest, bench: Workbench, kind: Kind) -> Panel:
    """An empty form for the words that ``?start=`` and ``?end=`` name, or for words to be typed."""
    refuse_without(person_of(request), kind.may_record)
    text = bench.text
    asked = WordsForm({**request.GET.dict(), "base": str(bench.revision.number)})
    asked.is_valid()
    start, end = asked.cleaned_data.get("start"), asked.cleaned_data.get("end")
    initial: dict[str, Any] = {"base": bench.revision.number, "text_sha256": bench.revision.text_sha256}
    if start is not None and end is not None and start < end <= len(text):
        initial.update(start=start, end=end, exact=text[start:end], **_guess(kind, bench, start, end))
    initial.update({name: request.GET[name] for name in ("quote", "level") if name in request.GET})
    return form_panel(kind, kind.new_form(initial=initial))


def _guess(kind: Kind, bench: Workbench, start: int, end: int) -> dict[str, Any]:
    """What the words themselves say about the fields."""
    words = bench.text[start:end]
    if kind.layer == "quote":
        return {"kind": QuoteKind.DIRECT if _in_quotation_marks(bench, start, end) else QuoteKind.INDIRECT}
    if kind.layer == "claim":
        return {"canonical": words.strip('“”"„«» ,'), **_claimant(bench, start, end)}
    return {}


def _in_quotation_marks(bench: Workbench, start: int, end: int) -> bool:
    """Whether double quotation marks stand in the words, or open before them in their paragraph and are not closed."""
    if any(sign in OPENING + CLOSING + STRAIGHT for sign in bench.text[start:end]):
        return True
    block = max(bench.text.rfind("\n\n", 0, start), 0)
    is_open = False
    for sign in bench.text[block:start]:
        if sign in STRAIGHT:
            is_open = not is_open
        elif sign in OPENING or sign in CLOSING:
            # The sign that opens in English closes in German.
            is_open = not is_open if sign == "“" else sign in OPENING
    return is_open


def _claimant(bench: Workbench, start: int, end: int) -> dict[str, Any]:
    """The speaker of the quote that the words lie in."""
    for quote in bench.marks.quotes:
        holds = quote.start is not None and quote.end is not None and quote.start <= start and end <= quote.end
        if holds and quote.speaker is not None:
            return {"claimant_kind": "speaker", "speaker": quote.name}
    return {}


def form_panel(kind: Kind, form: forms.Form, **more: Any) -> Panel:
    """A form for a new mark, empty or with what was typed."""
    context = {"form": form, "kind": kind, "speakers": _speakers() if "speaker" in form.fields else (), **more}
    return Panel("annotations/_mark_form.html", str(kind.title), context)


def _speakers() -> Any:
    return Speaker.objects.unmerged().order_by("name", "pk").values_list("name", "title")[:SPEAKERS_OFFERED]


def changing_panel(request: HttpRequest, bench: Workbench, mark: ShownMark) -> Panel:
    """The form of a mark with what is stored in it."""
    kind = KINDS[mark.layer]
    noun = find_mark(request, bench.article, kind, mark.uid)
    refuse_without(person_of(request), kind.may_change, noun)
    form = kind.changed_form(initial={**kind.changed_form.stored(noun), "version": noun.version})
    return change_panel(kind, noun, form)


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


# New marks


@login_required
@require_POST
def record_mark(request: HttpRequest, uid: UUID, layer: str) -> HttpResponse:
    """Save a new mark on the words that the form names."""
    article, person, kind = find_article(request, uid), person_of(request), find_kind(layer)
    refuse_without(person, kind.may_record)
    form = kind.new_form(request.POST)
    if not form.is_valid():
        return _show_form(request, article, kind, form, status=BAD_FIELDS)
    try:
        noun = _record(request, article, kind, form, person)
    except NoWords:
        return _show_form(request, article, kind, form, status=OTHER_WORDS)
    except LevelNotOffered as refused:
        form.add_error("level", str(refused))
        return _show_form(request, article, kind, form, status=BAD_FIELDS)
    except (TextMismatch, ExactMismatch, OffsetsOutside):
        form.add_error(
            "words", _("Other words stand there than the ones you saw. Select them again, or type them here.")
        )
        return _show_form(request, article, kind, form, status=OTHER_WORDS)
    except QuotedBefore as before:
        return _show_form(request, article, kind, form, status=CONFLICT, quoted_before=before.quote)
    except StaleRevision as stale:
        return _show_stale(request, stale.article, kind, form)
    _tell(request, _("Saved."))
    return go_to_bench(article, mark=noun.uid)


@transaction.atomic
def _record(request: HttpRequest, article: Article, kind: Kind, form: Any, person: AbstractUser) -> Mark:
    at = timezone.now()
    values = _with_speaker(form, form.values(), person)
    if form.cleaned_data.get("level") != Level.ARTICLE:
        values.update(base=form.cleaned_data["base"], words=words_of(form, article))
    if form.cleaned_data.get("quote"):
        values["quote"] = find_mark(request, article, KINDS["quote"], form.cleaned_data["quote"])
    return kind.record(article=article, by=person, at=at, **values)


def _with_speaker(form: Any, values: dict[str, Any], person: AbstractUser) -> dict[str, Any]:
    """Add the speaker whom the person said is new."""
    name = form.cleaned_data.get("new_speaker")
    if name:
        refuse_without(person, "articles.add_speaker")
        values["speaker"] = add_speaker(name=name, by=person, at=timezone.now())
    return values


def words_of(form: Any, article: Article) -> Words:
    """The words the form means: by offsets when the page counted them, else looked up in the newest text.

    :raises NoWords: when they cannot be found; the form says why.
    """
    typed = form.cleaned_data
    if typed.get("end") and typed.get("start") is not None and not typed["words"].strip():
        words = Words(typed["start"], typed["end"], typed["exact"] or None, typed["text_sha256"] or None)
    else:
        words = _looked_up(form, article.head.text)
    return _widened(words, article.head.text) if typed.get("level") == Level.SENTENCE else words


def _looked_up(form: Any, text: str) -> Words:
    typed = form.cleaned_data
    try:
        exact = normalise(typed["words"]).strip()
        if not exact:
            raise WordsNotFound
        place = find_exact(text, exact, typed.get("occurrence"))
    except (WordsNotFound, TextRefused) as refused:
        error = _("These words do not stand in the text. Copy them from it, with its quotation marks and dashes.")
        form.add_error("words", error if typed["words"].strip() else _("Say which words you mean."))
        raise NoWords from refused
    except WordsAmbiguous as several:
        error = _("The words stand in the text %(count)s times. Say which one: 1 to %(count)s.")
        form.add_error("occurrence", error % {"count": several.count})
        raise NoWords from several
    return Words(place.start, place.end, place.exact)


def _widened(words: Words, text: str) -> Words:
    """The whole sentence in which the words begin. Offsets that lie outside are left for the operation to refuse."""
    if not 0 <= words.start < words.end <= len(text) or (words.exact and text[words.start : words.end] != words.exact):
        return words
    spans = sentences_of(text)
    start, end = spans[sentence_at(spans, words.start)]
    return Words(start, end, text[start:end], words.text_sha256)


def _show_form(
    request: HttpRequest, article: Article, kind: Kind, form: forms.Form, *, status: int, **more: Any
) -> HttpResponse:
    return show_workbench(request, bench_of(request, article), form_panel(kind, form, **more), status=status)


def _show_stale(request: HttpRequest, article: Article, kind: Kind, form: Any) -> HttpResponse:
    """The form as it was typed, turned to the newest revision: the words are looked for there."""
    article.refresh_from_db()
    typed: QueryDict = request.POST.copy()
    typed["base"], typed["text_sha256"] = str(article.head.number), article.head.text_sha256
    exact = form.cleaned_data.get("exact") or form.cleaned_data.get("words", "").strip()
    try:
        place = find_exact(article.head.text, exact, occurrence=None)
    except (WordsNotFound, WordsAmbiguous):
        typed["start"] = typed["end"] = typed["exact"] = ""
        typed["words"] = exact
        is_found = False
    else:
        typed["start"], typed["end"], typed["exact"] = str(place.start), str(place.end), place.exact
        is_found = True
    renewed = kind.new_form(typed)
    return _show_form(
        request, article, kind, renewed, status=CONFLICT, stale_revision=article.head, words_found=is_found
    )


# Marks that exist


@login_required
@require_POST
def change_mark(request: HttpRequest, uid: UUID, layer: str, mark: UUID) -> HttpResponse:
    """Save what is said of a mark; a conflict shows both sides and keeps what was typed."""
    article, person, kind = find_article(request, uid), person_of(request), find_kind(layer)
    noun = find_mark(request, article, kind, mark)
    refuse_without(person, kind.may_change, noun)
    if request.POST.get("resolution") == "theirs":
        return go_to_bench(article, mark=noun.uid)
    # The page of a conflict carries two versions: the one the form began with, then the one it was shown.
    typed = request.POST.copy()
    typed["version"] = typed.getlist("version")[-1] if "version" in typed else ""
    form = kind.changed_form(typed)
    if not form.is_valid():
        return _show_change(request, article, kind, noun, form, status=BAD_FIELDS)
    try:
        with transaction.atomic():
            values = _with_speaker(form, form.values(), person)
            seen = form.cleaned_data["version"]
            kind.change(**{kind.noun: noun}, seen=seen, by=person, at=timezone.now(), **values)
    except Stale as stale:
        return _show_conflict(request, article, kind, stale, form)
    except AlreadyRetracted:
        return refuse_on_bench(request, article, _("Somebody retracted this mark while you were writing."), mark=mark)
    _tell(request, _("Saved."))
    return go_to_bench(article, mark=noun.uid)


def _show_change(
    request: HttpRequest, article: Article, kind: Kind, noun: Mark, form: forms.Form, *, status: int, **more: Any
) -> HttpResponse:
    bench = bench_of(request, article, selected=str(noun.uid))
    return show_workbench(request, bench, change_panel(kind, noun, form, **more), status=status)


def _show_conflict(request: HttpRequest, article: Article, kind: Kind, stale: Stale, form: Any) -> HttpResponse:
    theirs = kind.changed_form(initial=kind.changed_form.stored(stale.noun))
    conflict = settle(stale, began=_began(kind, stale), theirs=theirs, yours=form)
    return _show_change(request, article, kind, stale.noun, form, status=CONFLICT, conflict=conflict)


def _began(kind: Kind, stale: Stale) -> dict[str, Any] | None:
    """What the form began with. A tag's further categories are not kept with its versions, so nobody knows its."""
    former = None if kind.layer == "bias" else version_of(stale.noun, stale.seen)
    return None if former is None else kind.changed_form.stored(former)


@login_required
@require_POST
def retract_mark(request: HttpRequest, uid: UUID, layer: str, mark: UUID) -> HttpResponse:
    """Take a mark back, with the version that was seen."""
    article, person, kind = find_article(request, uid), person_of(request), find_kind(layer)
    noun = find_mark(request, article, kind, mark)
    refuse_without(person, kind.may_change, noun)
    seen = number_in(request, "version")
    reason = request.POST.get("reason", "").strip()[:500]
    try:
        kind.retract(**{kind.noun: noun}, seen=seen, by=person, at=timezone.now(), reason=reason)
    except Stale:
        problem = _("Somebody changed this mark in between. Look at it as it stands now, then retract it.")
        return refuse_on_bench(request, article, problem, mark=mark)
    except AlreadyRetracted:
        return refuse_on_bench(request, article, _("This mark was retracted before."))
    _tell(request, _("Retracted."))
    return go_to_bench(article)


def _tell(request: HttpRequest, sentence: str) -> None:
    """Say it on the next page; the page's script says it by itself."""
    if request.headers.get("HX-Request") != "true":
        messages.success(request, sentence)
