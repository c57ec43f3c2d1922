"""The checks that everybody may read: a claim as the desk judged it, the verdict that stands, what it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from annotations.models import Claim, ClaimantKind, Decision, DeskVerdict
from annotations.queries.checking.claims import with_numbers
from annotations.queries.checking.verdicts import TONES, qualifiers_beside
from annotations.queries.checking.wording import is_about_missing_words, rating_told, sources_searched
from annotations.queries.readers.citing import Cited, cited_for
from annotations.queries.readers.neighbours import PublicReply, replies_to
from annotations.queries.readers.publishedas import grounds_with_what_they_saw
from annotations.queries.workbench.marks import Standing
from articles.models import CurrentAnchor, Publication


@dataclass(frozen=True, slots=True)
class Correction:
    """What a later verdict put right, and the rating that stood before."""

    at: datetime
    note: str
    former: str


@dataclass(frozen=True, slots=True)
class Check:
    """A claim with the verdict of the desk, as everybody may read it.

    :ivar number: its place among the checks of the piece, from 1.
    :ivar label: the name under which the desk knows the claim; the end of addresses, which outlives the order.
    :ivar canonical: the claim as it read when it was judged, not as somebody may be rewriting it now.
    :ivar claimant: whose claim it is, in words; empty where nobody is known.
    :ivar standing: where its words stand in the text that is out; None where they stand nowhere in it.
    :ivar is_on_earlier_words: the words that are out are not those that were judged.
    :ivar given_on: those that were judged, where readers had them once; else empty.
    :ivar not_found_in: in how many stored sources the words of a quote were looked for and not found; 0 where the
        verdict says anything else.
    :ivar checkers, reviewers: names, where the desk gives them.
    """

    pk: int
    uid: UUID
    number: int
    label: str
    canonical: str
    claimant: str
    claimant_name: str
    claimant_kind: str
    claim_date: date | None
    verdict: DeskVerdict
    first_given_at: datetime
    standing: Standing | None
    corrections: Sequence[Correction]
    evidence: Sequence[Cited]
    replies: Sequence[PublicReply]
    is_on_earlier_words: bool
    given_on: str
    not_found_in: int = 0
    checkers: Sequence[str] = ()
    reviewers: Sequence[str] = ()

    @property
    def tone(self) -> str:
        return TONES[self.verdict.verdict]

    @property
    def rating(self) -> str:
        return self.verdict.rating.name

    @property
    def rating_told(self) -> str:
        """The rating with what it means, for titles and programs."""
        return rating_told(self.rating, self.not_found_in)

    @property
    def qualifiers(self) -> str:
        """What follows the rating quietly."""
        return qualifiers_beside(self.rating, self.verdict.qualifiers)


def checks_in(claims: QuerySet[Claim], *, revision: int, article: int) -> list[Check]:
    """The checks of some published claims of one article, in the order of the text that is out; those without a place
    last. As many queries for many as for one.

    :param revision: the key of the revision that is out.
    """
    rows = _claim_rows(claims)
    keys = [row.pk for row in rows]
    if not keys:
        return []
    verdicts, grounds, standings = _verdicts_of(keys), _grounds_of(keys), _standings(keys, revision)
    evidence, replies, given = cited_for(keys), replies_to(keys), _GivenTexts(article)
    rows.sort(key=lambda row: _place(standings.get(row.pk), row.pk))
    return [
        _check(
            number,
            row,
            verdicts[row.pk],
            [ground for ground in grounds if ground.desk_verdict_id == verdicts[row.pk][-1].pk],
            standings.get(row.pk),
            evidence.get(row.pk, ()),
            replies.get(row.pk, ()),
            given,
        )
        for number, row in enumerate(rows, start=1)
    ]


def _claim_rows(claims: QuerySet[Claim]) -> list[Any]:
    named = claims.annotate(
        speaker_name=Coalesce("speaker__merged_into__name", "speaker__name"),
        speaker_kind=Coalesce("speaker__merged_into__kind", "speaker__kind"),
    )
    return list(with_numbers(named))


def _verdicts_of(claims: Collection[int]) -> Mapping[int, list[DeskVerdict]]:
    found: dict[int, list[DeskVerdict]] = defaultdict(list)
    for verdict in DeskVerdict.objects.filter(claim__in=claims).select_related("rating").order_by("claim", "number"):
        found[verdict.claim_id].append(verdict)
    return found


def _grounds_of(claims: Collection[int]) -> list[Any]:
    """The checks that the newest verdicts rest on, with the words and the restatement those were written on."""
    resting = grounds_with_what_they_saw(claims)
    if settings.NAME_CHECKERS:
        resting = resting.select_related("fact_check__checker").prefetch_related("fact_check__reviews__created_by")
    return list(resting)


def _standings(claims: Collection[int], revision: int) -> dict[int, Standing]:
    rows: QuerySet[Any, Any] = CurrentAnchor.objects.filter(revision=revision, span__claim__in=claims).values_list(
        "span__claim", "span_id", "anchor__start", "anchor__end", "anchor__exact", "anchor__state", "anchor__reason"
    )
    return {claim: Standing(*rest) for claim, *rest in rows}


def _place(standing: Standing | None, key: int) -> tuple[bool, int, int]:
    is_placed = standing is not None and standing.start is not None and standing.fate != "look"
    return (not is_placed, (standing.start or 0) if standing and is_placed else 0, key)


def _check(
    number: int,
    claim: Any,
    verdicts: Sequence[DeskVerdict],
    grounds: Sequence[Any],
    standing: Standing | None,
    evidence: Sequence[Cited],
    replies: Sequence[PublicReply],
    given: _GivenTexts,
) -> Check:
    judged = next((ground.seen_words for ground in grounds if ground.seen_words), "")
    is_placed = standing is not None and standing.start is not None and standing.fate != "look"
    is_on_earlier_words = bool(judged) and (not is_placed or (standing is not None and standing.exact != judged))
    return Check(
        pk=claim.pk,
        uid=claim.uid,
        number=number,
        label=f"C{claim.number}",
        canonical=next((ground.seen_claim for ground in grounds if ground.seen_claim), claim.canonical),
        claimant=_claimant(claim),
        claimant_name=claim.speaker_name or "" if claim.claimant_kind == ClaimantKind.SPEAKER else "",
        claimant_kind=claim.speaker_kind or "" if claim.claimant_kind == ClaimantKind.SPEAKER else claim.claimant_kind,
        claim_date=claim.claim_date,
        verdict=verdicts[-1],
        first_given_at=verdicts[0].created_at,
        standing=standing if is_placed else None,
        corrections=_corrections(verdicts),
        evidence=evidence,
        replies=replies,
        is_on_earlier_words=is_on_earlier_words,
        given_on=judged if is_on_earlier_words and given.hold(judged) else "",
        not_found_in=_not_found_in(claim, verdicts[-1], grounds),
        checkers=_names(ground.fact_check.checker for ground in grounds) if settings.NAME_CHECKERS else (),
        reviewers=_reviewers(grounds) if settings.NAME_CHECKERS else (),
    )


def _not_found_in(claim: Any, verdict: DeskVerdict, grounds: Sequence[Any]) -> int:
    if not is_about_missing_words(claim.claim_type, verdict.verdict):
        return 0
    return next((number for ground in grounds if (number := sources_searched(ground.searches))), 0)


def _claimant(claim: Any) -> str:
    if claim.claimant_kind == ClaimantKind.SPEAKER:
        return str(claim.speaker_name)
    return _("the article itself") if claim.claimant_kind == ClaimantKind.AUTHOR else ""


def _corrections(verdicts: Sequence[DeskVerdict]) -> list[Correction]:
    """Newest first."""
    corrected = [
        Correction(later.created_at, later.correction_note, former.rating.name) for former, later in pairwise(verdicts)
    ]
    return corrected[::-1]


class _GivenTexts:
    """The texts readers were given of an article; looked up where some check asks for them, and once for all."""

    def __init__(self, article: int) -> None:
        self.article = article

    @cached_property
    def texts(self) -> list[str]:
        given = Publication.objects.filter(article=self.article)
        return list(given.values_list("revision__text", flat=True))

    def hold(self, words: str) -> bool:
        """Whether readers once had these words: a draft judged before the piece went out is the desk's own."""
        return any(words in text for text in self.texts)


def _names(people: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(person) for person in people if person is not None))


def _reviewers(grounds: Sequence[Any]) -> tuple[str, ...]:
    return _names(
        review.created_by
        for ground in grounds
        for review in ground.fact_check.reviews.all()
        if review.decision == Decision.APPROVE
    )
