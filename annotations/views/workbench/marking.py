"""Marking words as a quote, a claim or a bias tag; changing a mark and taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.models import Level
from annotations.operations.studies.adopting import under_its_own_entries
from annotations.operations.workbench.bias import LevelNotOffered
from annotations.queries.checking.restating import restated_words
from annotations.queries.desk.history import version_of
from annotations.queries.workbench.marks import sentence_at, sentences_of
from annotations.views.desk.voices import who_is_meant
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import (
    bench_of,
    find_article,
    go_to_bench,
    number_in,
    refuse_on_bench,
    show_workbench,
)
from annotations.views.workbench.conflicts import settle
from annotations.views.workbench.markforms import KINDS, Kind, change_panel, find_kind, find_mark, form_panel
from articles.anchoring.selectors import ExactMismatch, OffsetsOutside, WordsAmbiguous, WordsNotFound, find_exact
from articles.anchoring.text import TextRefused, normalise
from articles.models import Article, Mark, Stale
from articles.operations.quotes import AlreadyRetracted, QuotedBefore
from articles.operations.spans import StaleRevision, TextMismatch, Words
from articles.operations.speakers import add_speaker

CONFLICT, BAD_FIELDS, OTHER_WORDS = 409, 400, 422


class NoWords(Exception):
    """The form does not say which words are meant; the error stands in it."""


@login_required
@require_POST
def record_mark(request: HttpRequest, uid: UUID, layer: str) -> HttpResponse:
    """Save a new mark on the words that the form names."""
    article, person, kind = find_article(request, uid), person_of(request), find_kind(layer)
    refuse_without(person, kind.may_record)
    form = kind.new_form(request.POST)
    is_valid = form.is_valid()
    if kind.layer == "claim" and "restate" in request.POST:
        return _show_restated(request, article, kind, form)
    if not is_valid:
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
    values = with_new_speaker(form, form.values(), person)
    if form.cleaned_data.get("level") != Level.ARTICLE:
        values.update(base=form.cleaned_data["base"], words=words_of(form, article))
    if form.cleaned_data.get("quote"):
        values["quote"] = find_mark(request, article, KINDS["quote"], form.cleaned_data["quote"])
    return kind.record(article=article, by=person, at=at, **values)


def with_new_speaker(form: Any, values: dict[str, Any], person: AbstractUser) -> dict[str, Any]:
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
    panel = form_panel(kind, form, meant=who_is_meant(request, article, form), **more)
    return show_workbench(request, bench_of(request, article), panel, status=status)


def _show_restated(request: HttpRequest, article: Article, kind: Kind, form: Any) -> HttpResponse:
    """The form as it was typed, with the restatement that is proposed for its words: to be read before it is saved."""
    if form.cleaned_data.get("base") not in {None, article.head.number}:
        return _show_stale(request, article, kind, form)
    try:
        words = words_of(form, article)
    except NoWords:
        return _show_form(request, article, kind, form, status=OTHER_WORDS)
    text = article.head.text
    if not 0 <= words.start < words.end <= len(text) or (words.exact and text[words.start : words.end] != words.exact):
        form.add_error("words", _("Other words stand there than the ones you saw. Type them here."))
        return _show_form(request, article, kind, form, status=OTHER_WORDS)
    proposed = restated_words(article, article.head, words.start, words.end)
    typed = {**request.POST.dict(), "canonical": proposed.text}
    return _show_form(request, article, kind, kind.new_form(initial=typed), status=200, restated=proposed)


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
            values = under_its_own_entries(noun, with_new_speaker(form, form.values(), person))
            seen = form.cleaned_data["version"]
            kind.change(**{kind.noun: noun}, seen=seen, by=person, at=timezone.now(), **values)
    except Stale as stale:
        return _show_conflict(request, article, kind, stale, form)
    except AlreadyRetracted:
        return refuse_on_bench(request, article, _("Somebody retracted this mark while you were writing."), mark=mark)
    if request.POST.get("autosave"):
        return JsonResponse({"version": noun.version})
    _tell(request, _("Saved."))
    return go_to_bench(article, mark=noun.uid)


def _show_change(
    request: HttpRequest, article: Article, kind: Kind, noun: Mark, form: forms.Form, *, status: int, **more: Any
) -> HttpResponse:
    bench = bench_of(request, article, selected=str(noun.uid))
    panel = change_panel(kind, noun, form, meant=who_is_meant(request, article, form), **more)
    return show_workbench(request, bench, panel, status=status)


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
