"""The texts and marks behind the figures of the desk, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import BiasTag, DeskVerdict
from annotations.queries.insights.biasfigures import ReadTextRow, texts_read
from annotations.queries.insights.scope import Scope
from articles.models import Article, CurrentAnchor, Origin

if TYPE_CHECKING:
    from articles.permissions import Person

A_PAGE = 25
LAST_PAGE = 400


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A mark: its words, where it leads, what is known of it, and its article with its own address."""

    words: str
    href: str
    facts: Sequence[str]
    headline: str
    article_href: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text that was read, with the marks that count in it."""

    headline: str
    href: str
    facts: Sequence[str]
    marks: Sequence[MarkRow]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of rows; whether there is another after it."""

    rows: Sequence[Any]
    number: int
    has_next: bool


def page_number(asked: str) -> int:
    """The page that is asked for, the first for whatever is no number."""
    return min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def list_texts(person: Person, scope: Scope, *, only_tagged: bool, number: int) -> Listed:
    """Texts that were read, with the tags that count; four queries for any number of rows."""
    found = texts_read(person, scope, only_tagged=only_tagged, offset=A_PAGE * (number - 1), most=A_PAGE + 1)
    shown = found[:A_PAGE]
    articles = Article.objects.select_related("head").in_bulk([row.article for row in shown])
    tags = BiasTag.objects.select_related("category").in_bulk([key for row in shown for key in row.tags])
    words = _words({tag.span_id: None for tag in tags.values() if tag.span_id})
    rows = [_text_row(row, articles[row.article], [tags[key] for key in row.tags], words) for row in shown]
    return Listed(rows, number, len(found) > A_PAGE)


def _text_row(row: ReadTextRow, article: Article, tags: Sequence[BiasTag], words: Mapping[int, str]) -> TextRow:
    read = ngettext(
        "bias in %(tagged)s of %(count)s sentence read", "bias in %(tagged)s of %(count)s sentences read", row.sentences
    )
    bench = reverse("annotations:workbench", args=[article.uid])
    facts = [
        *_facts_of(article),
        _("read to the end") if row.is_whole else _("read in part"),
        read % {"tagged": row.tagged, "count": row.sentences},
    ]
    marks = [
        MarkRow(
            words.get(tag.span_id or 0, _("the whole article")),
            f"{bench}?mark={tag.uid}",
            [tag.category.name, str(tag.get_severity_display())],
            "",
            "",
        )
        for tag in tags
    ]
    return TextRow(article.head.headline, bench, facts, marks)


def list_marks(marks: QuerySet[Any], *, number: int) -> Listed:
    """Quotes, claims or tags on articles, the newest articles first; two queries for any number of rows."""
    marks = marks.select_related("article__head").order_by("-article__received_at", "-article", "pk")
    if hasattr(marks.model, "speaker"):
        marks = marks.select_related("speaker__merged_into")
    first = A_PAGE * (number - 1)
    found = list(marks[first : first + A_PAGE + 1])
    words = _words({mark.span_id: None for mark in found[:A_PAGE] if mark.span_id})
    return Listed([_mark_row(mark, words) for mark in found[:A_PAGE]], number, len(found) > A_PAGE)


def _mark_row(mark: Any, words: Mapping[int, str]) -> MarkRow:
    bench = reverse("annotations:workbench", args=[mark.article.uid])
    facts = [str(mark.get_kind_display())] if hasattr(mark, "kind") else []
    if getattr(mark, "speaker", None):
        facts.append(str(mark.speaker.merged_into or mark.speaker))
    if mark.proposer:
        facts += [str(Origin(mark.origin).label), mark.rule]
    href = f"{bench}?mark={mark.uid}" if mark.is_live else bench
    return MarkRow(
        words.get(mark.span_id, _("the whole article")),
        href,
        [*facts, *_facts_of(mark.article)],
        mark.article.head.headline,
        bench,
    )


def list_verdicts(verdicts: QuerySet[DeskVerdict], *, number: int) -> Listed:
    """Verdicts with their claims, the newest first; one query."""
    rows = verdicts.select_related("claim__article__head", "rating").order_by("-created_at", "-pk")
    first = A_PAGE * (number - 1)
    found = list(rows[first : first + A_PAGE + 1])
    return Listed([_verdict_row(row) for row in found[:A_PAGE]], number, len(found) > A_PAGE)


def _verdict_row(verdict: DeskVerdict) -> MarkRow:
    claim = verdict.claim
    return MarkRow(
        claim.canonical,
        reverse("annotations:claim", args=[claim.uid]),
        [verdict.rating.name, str(verdict.get_verdict_display()), date_format(verdict.created_at, "DATE_FORMAT")],
        claim.article.head.headline,
        reverse("annotations:workbench", args=[claim.article.uid]),
    )


def _facts_of(article: Any) -> list[str]:
    day = article.published_at or article.received_at
    return [*([article.outlet] if article.outlet else []), date_format(day, "DATE_FORMAT")]


def _words(spans: Mapping[int, None]) -> dict[int, str]:
    """The words of marks as they stand in the newest texts, by the key of their span."""
    standing = CurrentAnchor.objects.filter(span__in=list(spans), revision=F("span__article__head"))
    return dict(standing.values_list("span", "anchor__exact"))
