"""Proposing what a text that came in or was rewritten holds: its quotations, then its sentences worth checking.

What people have decided on is not proposed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import F

from annotations.checkworthy import VERSION
from annotations.checkworthy.assessing import Assessed, suggest
from annotations.checkworthy.signals import Signal
from annotations.models import Claim, ClaimantKind, ClaimRun, Priority, ProposedClaim
from annotations.operations.checking.claims import everyday_desk, retract_claim
from articles.models import Article, CurrentAnchor, Origin, Quote, Revision
from articles.operations import suggesting
from articles.operations.spans import Words, mark_spans
from articles.operations.suggesting import is_same, marks_known, quotations_of

PROPOSER = "newsdesk.checkworthy"
# The least score of each priority that is proposed; below all of them it is low.
PRIORITIES = ((0.9, Priority.HIGH), (0.7, Priority.MEDIUM))
MOST_REASONS = 12
LONGEST = 100
OF_WHOLE = frozenset({"question", "exclamation", "short"})


def suggest_for(*, uid: UUID, at: datetime) -> None:
    """Propose quotes and claims of an article in the name of whoever saved its text; nothing for one unknown."""
    suggesting.suggest_for(uid=uid, at=at)
    article = Article.objects.select_related("head__created_by").filter(uid=uid).first()
    if article is not None:
        suggest_claims(article=article, by=article.head.created_by, at=at)


def suggest_among(*, first: int, last: int, at: datetime) -> None:
    """Propose quotes and claims of all articles whose newest revisions have keys from ``first`` to ``last``."""
    suggesting.suggest_among(first=first, last=last, at=at)
    unread = Article.objects.filter(head__gte=first, head__lte=last).exclude(head__claim_runs__version=VERSION)
    for article in unread.select_related("head__created_by").order_by("head").iterator(chunk_size=100):
        suggest_claims(article=article, by=article.head.created_by, at=at)


@transaction.atomic
def suggest_claims(*, article: Article, by: AbstractUser, at: datetime) -> list[Claim]:
    """Propose every sentence of the newest revision that is worth checking and holds no claim yet.

    These rules read a revision once: a second call proposes nothing. In order: note the reading, retract earlier
    suggestions whose words are gone, mark the spans, store the claims as suggested, and why.
    """
    head = Article.objects.select_for_update(of=("self",), no_key=True).select_related("head").get(pk=article.pk).head
    _run, is_new = ClaimRun.objects.get_or_create(
        revision=head, version=VERSION, defaults={"created_by_id": by.pk, "created_at": at}
    )
    if not is_new:
        return []
    _retract_gone(article, head.pk, by=by, at=at)
    known = marks_known(article, head.pk, kind="claim", project__is_default=True)
    quotations = quotations_of(head.text, article.language)
    proposed = [
        sentence
        for sentence in suggest(head.text, language_code=article.language, quotations=quotations)
        if not any(is_same(sentence.start, sentence.end, head.text, other) for other in known)
    ]
    return _store(article, head, proposed, by=by, at=at) if proposed else []


def _retract_gone(article: Article, head: int, *, by: AbstractUser, at: datetime) -> None:
    """Suggestions without a place are nothing that anybody could decide on."""
    gone = Claim.objects.live().filter(
        article=article,
        origin=Origin.SUGGESTED,
        proposer=PROPOSER,
        span__current_anchors__revision=head,
        span__current_anchors__anchor__state="orphaned",
    )
    for claim in gone:
        retract_claim(claim=claim, seen=claim.version, by=by, at=at, reason="Its words are gone.", noted=None)


def _store(
    article: Article, head: Revision, proposed: Sequence[Assessed], *, by: AbstractUser, at: datetime
) -> list[Claim]:
    words = [Words(sentence.start, sentence.end) for sentence in proposed]
    spans = mark_spans(article=article, base=head.number, words=words, by=by, at=at)
    project, quotes = everyday_desk(), _standing_quotes(article, head.pk)
    claims: list[Claim] = Claim.objects.bulk_create(
        suggested_claim(
            sentence,
            text=head.text,
            project=project,
            article=article,
            span=span,
            priority=_priority(sentence.score),
            created_by_id=by.pk,
            created_at=at,
            **_voice(sentence, quotes),
        )
        for sentence, span in zip(proposed, spans, strict=True)
    )
    ProposedClaim.objects.bulk_create(
        _proposal(claim, sentence, head.text) for claim, sentence in zip(claims, proposed, strict=True)
    )
    return claims


def suggested_claim(sentence: Assessed, *, text: str, **known: Any) -> Claim:
    """The claim, not yet stored, that a sentence of a text is proposed to be.

    :param known: further fields: whose it is, on which span.
    """
    return Claim(
        canonical=" ".join(text[sentence.start : sentence.end].split()),
        claim_type=sentence.claim_type,
        origin=Origin.SUGGESTED,
        proposer=PROPOSER,
        proposer_version=VERSION,
        confidence=sentence.score,
        rule=sentence.reasons[0].kind,
        **known,
    )


def _priority(score: float) -> Priority:
    return next((priority for least, priority in PRIORITIES if score >= least), Priority.LOW)


@dataclass(frozen=True, slots=True)
class _Standing:
    """A quote where it stands on the newest revision."""

    quote: Quote
    start: int
    end: int


def _standing_quotes(article: Article, head: int) -> list[_Standing]:
    rows = CurrentAnchor.objects.filter(
        revision=head, anchor__start__isnull=False, span__quote__in=Quote.objects.live().filter(article=article)
    ).annotate(start=F("anchor__start"), end=F("anchor__end"))
    found: Any = rows.select_related("span__quote__speaker__merged_into")
    return [_Standing(row.span.quote, row.start, row.end) for row in found]


def _voice(sentence: Assessed, quotes: Sequence[_Standing]) -> dict[str, Any]:
    """Who makes the claim: the article itself, or the speaker of the quote that most of the sentence is."""
    quotation = sentence.quotation
    if quotation is None:
        return {"claimant_kind": ClaimantKind.AUTHOR}
    here = [each for each in quotes if each.start < quotation.end and each.end > quotation.start]
    if not here:
        return {"claimant_kind": ClaimantKind.UNKNOWN}
    longest = max(here, key=lambda each: min(each.end, quotation.end) - max(each.start, quotation.start))
    return _of_quote(longest.quote)


def _of_quote(quote: Quote) -> dict[str, Any]:
    speaker = quote.standing_speaker
    if speaker is None:
        return {"quote": quote, "claimant_kind": ClaimantKind.UNKNOWN}
    return {"quote": quote, "claimant_kind": ClaimantKind.SPEAKER, "speaker": speaker}


def _proposal(claim: Claim, sentence: Assessed, text: str) -> ProposedClaim:
    speaker = sentence.quotation.speaker if sentence.quotation else None
    return ProposedClaim(
        claim=claim,
        reasons=_said(sentence.reasons, text),
        against=_said(sentence.against, text),
        claimant=((speaker.name or "") if speaker else "")[:300],
    )


def _said(signals: Sequence[Signal], text: str) -> list[dict[str, str]]:
    """Signals by kind and words; those about the whole sentence have no words of their own."""
    said = [
        {"kind": signal.kind, "words": "" if signal.kind in OF_WHOLE else text[signal.start : signal.end][:LONGEST]}
        for signal in signals
    ]
    return said[:MOST_REASONS]
