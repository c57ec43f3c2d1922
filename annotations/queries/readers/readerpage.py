"""A published piece as everybody reads it: one revision, its checks, and what was corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from annotations.queries.checking.verdicts import ShownVerdict
from annotations.queries.readers.neighbours import PublicNotice, notices_of
from annotations.queries.readers.publicchecks import Check, checks_in
from annotations.queries.readers.published import published_claims
from annotations.queries.readers.reading import bench_in_extracts
from annotations.queries.readers.wordingnotes import WordingNote, wording_notes
from annotations.queries.workbench.marks import ShownClaim, ShownMarks
from annotations.queries.workbench.page import Workbench
from articles.models import Revision
from articles.permissions import goes_out_in_full

if TYPE_CHECKING:
    from annotations.queries.readers.published import Piece

TONES = ("supported", "refuted", "conflicting", "lacking")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many checks came to one rating."""

    tone: str
    rating: str
    count: int


@dataclass(frozen=True, slots=True)
class Told:
    """A correction in front of readers: of the piece, or of one check."""

    kind: str
    text: str
    at: datetime
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class ReaderPage:
    """All that the page of a piece shows.

    :ivar bench: the text, whole or in extracts, with the words of the checks marked.
    """

    article: Any
    revision: Revision
    bench: Workbench
    checks: Sequence[Check]
    notices: Sequence[PublicNotice]
    is_whole: bool
    wording: Sequence[WordingNote] = ()

    @property
    def placed(self) -> Sequence[Check]:
        """The checks whose words stand in the text."""
        return [check for check in self.checks if check.standing is not None]

    @property
    def tones(self) -> Sequence[str]:
        return [check.tone for check in self.checks]

    @property
    def tallies(self) -> Sequence[Tally]:
        counts = Counter((check.tone, check.verdict.rating.order, check.rating) for check in self.checks)
        ordered = sorted(counts.items(), key=lambda pair: (TONES.index(pair[0][0]), pair[0][1]))
        return [Tally(tone, rating, count) for (tone, _order, rating), count in ordered]

    @property
    def told(self) -> Sequence[Told]:
        """What was corrected, newest first, of the piece and of its checks."""
        found = [Told(notice.kind, notice.text, notice.at) for notice in self.notices]
        found += [
            Told("", correction.note, correction.at, check) for check in self.checks for correction in check.corrections
        ]
        return sorted(found, key=lambda each: each.at, reverse=True)

    @property
    def changed_at(self) -> datetime:
        """When readers were last told anything new."""
        out: datetime = self.article.last_published_at
        moments = [out, *(check.verdict.created_at for check in self.checks)]
        return max([*moments, *(notice.at for notice in self.notices)])


def build_reader_page(piece: Piece) -> ReaderPage:
    """Assemble the page of a piece that is out."""
    article = piece.article
    revision = Revision.objects.get(pk=article.published_revision)
    checks = checks_of(article)
    bench = Workbench(
        article=article,
        revision=revision,
        marks=ShownMarks(quotes=(), claims=[_as_mark(check) for check in checks if check.standing], tags=()),
        evidence={},
        opinions=(),
    )
    is_whole = goes_out_in_full(article)
    return ReaderPage(
        article=article,
        revision=revision,
        bench=bench if is_whole else bench_in_extracts(bench),
        checks=checks,
        notices=notices_of(article),
        is_whole=is_whole,
        # Notes quote the text, so they go no further than it does.
        wording=wording_notes(article.pk, revision.pk) if is_whole else (),
    )


def checks_of(article: Any) -> list[Check]:
    """All checks of an article that is out."""
    return checks_in(claims_of(article), revision=article.published_revision, article=article.pk)


def claims_of(article: Any) -> Any:
    """Its published claims; the caller has made sure that it is out."""
    return published_claims().filter(article=article.pk)


def _as_mark(check: Check) -> ShownClaim:
    return ShownClaim(
        pk=check.pk,
        uid=check.uid,
        label=check.label,
        standing=check.standing,
        is_suggested=False,
        canonical=check.canonical,
        claim_type="",
        claimant_kind=check.claimant_kind,
        claimant=check.claimant,
        checkable="yes",
        verdict=ShownVerdict(
            tone=check.tone, verdict=check.verdict.verdict, rating=check.rating, is_desk=True, is_read=True
        ),
    )
