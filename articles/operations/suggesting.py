"""Proposing the quotations of an article, with their speakers. What people have decided on is not proposed again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from articles.models import Article, CurrentAnchor, Origin, ProposedSpeaker, QuotationRun, Quote, Speaker
from articles.naming.ranking import Mention
from articles.operations.jobs import enqueue
from articles.operations.quotedwords import keep_words_of_many
from articles.operations.quotes import retract_quote
from articles.operations.spans import Words, mark_spans
from articles.quotation import VERSION
from articles.quotation.extract import extract
from articles.quotation.quotations import Quotation
from articles.quotation.quotations import Speaker as SpeakerOfText
from articles.search.company import Setting
from articles.search.speakers import resolve_speakers

SUGGEST = "articles.suggest_quotes"
PROPOSER = "newsdesk.quotation"
# From this share of common words on, two marks are about the same words.
SAME_WORDS = 0.5


@dataclass(frozen=True, slots=True)
class Known:
    """A mark that the article has, where it stands on the newest revision, whatever became of it."""

    start: int | None
    end: int | None
    exact: str
    is_decided_against: bool


def suggest_soon(article: Article) -> None:
    """Have a job propose the quotations of an article's newest revision; for use within a transaction."""
    enqueue(SUGGEST, article=str(article.uid))


def suggest_for(*, uid: UUID, at: datetime) -> None:
    """Propose the quotations of an article in the name of whoever saved its text; nothing for an article unknown."""
    article = Article.objects.select_related("head__created_by").filter(uid=uid).first()
    if article is not None:
        suggest_quotes(article=article, by=article.head.created_by, at=at)


def suggest_among(*, first: int, last: int, at: datetime) -> None:
    """Propose the quotations of all articles whose newest revisions have keys from ``first`` to ``last``."""
    unread = Article.objects.filter(head__gte=first, head__lte=last).exclude(head__quotation_runs__version=VERSION)
    for article in unread.select_related("head__created_by").order_by("head").iterator(chunk_size=100):
        suggest_quotes(article=article, by=article.head.created_by, at=at)


@transaction.atomic
def suggest_quotes(*, article: Article, by: AbstractUser, at: datetime) -> list[Quote]:
    """Propose every quotation of the newest revision that the article does not have yet.

    These rules read a revision once: a second call proposes nothing. In order: note the reading, retract earlier
    suggestions whose words are gone, mark the spans, store the quotes as suggested, and whom the text gives them to.
    """
    head = Article.objects.select_for_update(of=("self",), no_key=True).select_related("head").get(pk=article.pk).head
    _run, is_new = QuotationRun.objects.get_or_create(
        revision=head, version=VERSION, defaults={"created_by_id": by.pk, "created_at": at}
    )
    if not is_new:
        return []
    _retract_gone(article, head.pk, by=by, at=at)
    known = marks_known(article, head.pk, kind="quote")
    proposed = [
        quotation
        for quotation in quotations_of(head.text, article.language)
        if not any(is_same(quotation.start, quotation.end, head.text, other) for other in known)
    ]
    return _store(article, head.number, proposed, head.text, by=by, at=at) if proposed else []


def _retract_gone(article: Article, head: int, *, by: AbstractUser, at: datetime) -> None:
    """Suggestions without a place are nothing that anybody could decide on."""
    gone = Quote.objects.live().filter(
        article=article,
        origin=Origin.SUGGESTED,
        proposer=PROPOSER,
        span__current_anchors__revision=head,
        span__current_anchors__anchor__state="orphaned",
    )
    for quote in gone:
        retract_quote(quote=quote, seen=quote.version, by=by, at=at, reason="Its words are gone.", noted=None)


@lru_cache(maxsize=4)
def quotations_of(text: str, language: str) -> tuple[Quotation, ...]:
    """The quotations of a text. They are kept for a moment: whoever looks for claims next asks for the same."""
    return tuple(extract(text, language_code=language))


def marks_known(article: Article, head: int, *, kind: str, **only: Any) -> list[Known]:
    """Where the marks of an article stand on its newest revision, whatever became of them.

    :param kind: ``quote`` or ``claim``.
    :param only: what else is asked of them, as for ``filter``.
    """
    asked = {f"span__{kind}__{name}": value for name, value in {"article": article, **only}.items()}
    rows = CurrentAnchor.objects.filter(revision=head, **asked).values_list(
        "anchor__start", "anchor__end", "anchor__exact", f"span__{kind}__origin", f"span__{kind}__retracted_at"
    )
    return [
        Known(start, end, exact, origin == Origin.REJECTED or retracted_at is not None)
        for start, end, exact, origin, retracted_at in rows
    ]


def is_same(start: int, end: int, text: str, other: Known) -> bool:
    """Whether words are those of a mark: most of both; of one that stands, most of the shorter.

    Of one that was decided against and lost its place, exactly its words.
    """
    if other.start is None or other.end is None:
        return other.is_decided_against and text[start:end] == other.exact
    common = min(end, other.end) - max(start, other.start)
    whole = max(end, other.end) - min(start, other.start)
    of = whole if other.is_decided_against else min(end - start, other.end - other.start)
    return common / of >= SAME_WORDS


def _store(
    article: Article, base: int, proposed: Sequence[Quotation], text: str, *, by: AbstractUser, at: datetime
) -> list[Quote]:
    words = [Words(quotation.start, quotation.end) for quotation in proposed]
    spans = mark_spans(article=article, base=base, words=words, by=by, at=at)
    speakers = _stored_speakers(proposed, article, by)
    quotes = Quote.objects.bulk_create(
        Quote(
            article=article,
            span=span,
            speaker=speakers.get(quotation.speaker) if quotation.speaker else None,
            kind=quotation.kind.value,
            cue=text[slice(*quotation.cue)][:200] if quotation.cue else "",
            mention=quotation.speaker.mention[:300] if quotation.speaker else "",
            origin=Origin.SUGGESTED,
            proposer=PROPOSER,
            proposer_version=VERSION,
            confidence=quotation.confidence,
            rule=quotation.rule,
            created_by_id=by.pk,
            created_at=at,
        )
        for quotation, span in zip(proposed, spans, strict=True)
    )
    keep_words_of_many((quote, span.placed.anchor.exact) for quote, span in zip(quotes, spans, strict=True))
    ProposedSpeaker.objects.bulk_create(
        _proposed_speaker(quote, quotation) for quote, quotation in zip(quotes, proposed, strict=True)
    )
    return quotes


def _stored_speakers(proposed: Iterable[Quotation], article: Article, by: AbstractUser) -> dict[SpeakerOfText, Speaker]:
    """The stored speakers who are meant without a doubt, by whom the text names."""
    named = list(dict.fromkeys(each.speaker for each in proposed if each.speaker and each.speaker.name))
    mentions = [
        Mention(each.mention, each.name or "", each.title, each.affiliation, article.language) for each in named
    ]
    setting = Setting(outlet=article.outlet, language=article.language)
    resolved = resolve_speakers(mentions, person=by, setting=setting)
    return {
        each: resolution.speaker.speaker
        for each, resolution in zip(named, resolved, strict=True)
        if resolution.speaker is not None
    }


def _proposed_speaker(quote: Quote, quotation: Quotation) -> ProposedSpeaker:
    speaker = quotation.speaker
    if speaker is None or not speaker.name:
        why = speaker.why_unresolved if speaker else quotation.why_unattributed
        return ProposedSpeaker(quote=quote, why_unnamed=why[:100])
    return ProposedSpeaker(
        quote=quote, name=speaker.name[:300], title=speaker.title[:300], affiliation=speaker.affiliation[:300]
    )
