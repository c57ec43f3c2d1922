"""What a published verdict cites: the passages it rests on, as readers are shown them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from annotations.models import DeskVerdict, Evidence
from annotations.queries.checking.claimevidence import STANCE_TONES
from annotations.queries.workbench.marks import sentence_at, sentences_of
from articles.models import Access, Basis, Intake, Revision, Source
from articles.permissions import goes_out_in_full


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage beside a verdict. Only words that are the source's own stand in quotation marks.

    :ivar is_verbatim: the words are the source's own.
    :ivar is_later: the source came out after the claim was made.
    """

    uid: UUID
    stance: str
    stance_name: str
    tone: str
    words: str
    is_verbatim: bool
    basis: str
    basis_name: str
    title: str
    publisher: str
    language: str
    url: str
    url_note: str
    interests: str
    published_date: date | None
    captured_at: datetime
    question: str
    is_later: bool

    @property
    def is_paraphrase(self) -> bool:
        return self.basis == Basis.PARAPHRASE


def citable_evidence(claims: Collection[int] | QuerySet[Any]) -> QuerySet[Any]:
    """The passages that the newest verdict of each claim was given on, out of sources that are open to the desk.

    What was attached since stays the desk's own until a verdict rests on it; what was taken off since is what readers
    were shown, until a correction says otherwise. A source that was restricted is there no more, for anybody.
    """
    newest = DeskVerdict.objects.filter(claim=OuterRef("claim")).order_by("-number").values("created_at")[:1]
    return (
        Evidence.objects.filter(claim__in=claims, snapshot__source__access=Access.DESK)
        .annotate(judged_at=Subquery(newest))
        .filter(Q(detached_at=None) | Q(detached_at__gt=F("judged_at")), created_at__lte=F("judged_at"))
        .order_by("claim_id", "created_at", "pk")
    )


def cited_for(claims: Collection[int]) -> dict[int, list[Cited]]:
    """What is cited for each claim, by its key; one query."""
    rows = citable_evidence(claims).select_related("snapshot__source", "claim").defer("snapshot__text")
    found: dict[int, list[Cited]] = {}
    for evidence in rows:
        found.setdefault(evidence.claim_id, []).append(_cited(evidence))
    return found


def _cited(evidence: Any) -> Cited:
    snapshot, source = evidence.snapshot, evidence.snapshot.source
    return Cited(
        uid=evidence.uid,
        stance=evidence.stance,
        stance_name=str(evidence.get_stance_display()),
        tone=STANCE_TONES[evidence.stance],
        words=evidence.excerpt,
        is_verbatim=snapshot.is_verbatim,
        basis=snapshot.basis,
        basis_name=str(snapshot.get_basis_display()),
        title=source.title,
        publisher=source.publisher,
        language=source.language,
        url=source.url,
        url_note=source.url_note,
        interests=source.interests,
        published_date=source.published_date,
        captured_at=snapshot.captured_at,
        question=evidence.question,
        is_later=evidence.published_before_claim is False,
    )


@dataclass(frozen=True, slots=True)
class ArchivedCopy:
    """A stored text as everybody may see it: whole where the rights let it out, else the passage and what is around.

    :ivar before, after: what stands beside the passage: all of it, or one sentence.
    :ivar may_save: whether the bytes as they came may be handed out.
    """

    cited: Cited
    snapshot: Any
    before: str
    after: str
    is_whole: bool

    @property
    def may_save(self) -> bool:
        snapshot = self.snapshot
        return self.is_whole and snapshot.basis == Basis.CAPTURE and _is_of_open_sources_alone(snapshot.capture_id)


def _is_of_open_sources_alone(capture: int | None) -> bool:
    """Whether bytes are of nothing but stored sources whose rights let them out: a file may hold several things."""
    if capture is None or Revision.objects.filter(capture=capture).exists():
        return False
    if Intake.objects.filter(capture=capture).exists():
        return False
    sources = Source.objects.filter(snapshots__capture=capture)
    return all(source.access == Access.DESK and goes_out_in_full(source) for source in sources)


def archived_copy(evidence: Any) -> ArchivedCopy:
    """The text that a passage stands in.

    :param evidence: one of :func:`citable_evidence`, with its snapshot and source.
    """
    snapshot = evidence.snapshot
    is_whole = goes_out_in_full(snapshot.source)
    first, last = (0, len(snapshot.text)) if is_whole else _around(snapshot.text, evidence.start, evidence.end)
    return ArchivedCopy(
        cited=_cited(evidence),
        snapshot=snapshot,
        before=snapshot.text[first : evidence.start],
        after=snapshot.text[evidence.end : last],
        is_whole=is_whole,
    )


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence before the words begins and the one after them ends. Code points, half-open."""
    spans = sentences_of(text)
    if not spans:
        return start, end
    first = max(sentence_at(spans, start) - 1, 0)
    last = min(sentence_at(spans, max(start, end - 1)) + 1, len(spans) - 1)
    return min(spans[first][0], start), max(spans[last][1], end)
