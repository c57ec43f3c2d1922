"""Everything the workbench shows of one revision, ready to be drawn."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from annotations.models import Checkable, Evidence, Finding, SentenceFinding
from annotations.queries.workbench.comments import Talk, talk_on
from annotations.queries.workbench.marks import (
    ShownClaim,
    ShownMark,
    ShownMarks,
    ShownTag,
    Voice,
    marks_of,
    sentence_at,
    sentences_of,
    voices_of,
)
from articles.anchoring.text import Block, block_ranges
from articles.ingest.dates import RelativeDate, relative_dates
from articles.models import Article, Revision
from articles.models.statement import written_once
from articles.permissions import Asker, roles_of, visible_sources

if TYPE_CHECKING:
    from articles.permissions import Person

LEDGER_ROWS = 50
WORTH_CHECKING = 5
TONES = ("supported", "refuted", "conflicting", "lacking", "open", "none")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the revision, or its headline, with the sentences in it (indices, half-open)."""

    kind: str
    start: int
    end: int
    first_sentence: int
    last_sentence: int
    formats: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many sentences are checked, sourced, opinion, unchecked. Each counts once, as the first that holds."""

    checked: int
    sourced: int
    opinion: int
    unchecked: int


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A paragraph in the outline: its number, how it begins, the tones of its claims."""

    number: int
    sentence: int
    words: str
    tones: Sequence[str]


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """Words that stand for days, in which sentence, and the first and the last day meant."""

    words: str
    sentence: int
    first: date
    last: date

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last


@dataclass
class Workbench:
    """One revision with its marks. Sentences are numbered from 0 here and from 1 on the page."""

    article: Article
    revision: Revision
    marks: ShownMarks
    evidence: dict[int, Counter[str]]
    opinions: Sequence[tuple[int, int]]
    findings: Mapping[int, str] = field(default_factory=dict)
    selected: ShownMark | None = None
    talk: Talk = field(default_factory=Talk)
    sentences: Sequence[tuple[int, int]] = field(init=False)
    paragraphs: Sequence[Paragraph] = field(init=False)

    def __post_init__(self) -> None:
        self.sentences = sentences_of(self.revision.text)
        self.paragraphs = _paragraphs(self.revision, self.sentences)

    @property
    def text(self) -> str:
        return self.revision.text

    @cached_property
    def placed(self) -> list[ShownMark]:
        """The marks that have a place in the text, in its order."""
        return sorted(
            (mark for mark in self.marks if mark.start is not None),
            key=lambda mark: (mark.start, -(mark.end or 0), mark.layer, mark.pk),
        )

    @cached_property
    def lost(self) -> list[ShownMark]:
        """The marks whose words stand nowhere in this revision."""
        return [mark for mark in self.marks if mark.standing is not None and mark.start is None]

    @cached_property
    def whole(self) -> list[ShownTag]:
        """The tags on the whole article."""
        return [tag for tag in self.marks.tags if tag.standing is None]

    @cached_property
    def by_sentence(self) -> dict[int, list[ShownMark]]:
        """The marks that begin in each sentence."""
        found: dict[int, list[ShownMark]] = defaultdict(list)
        for mark in self.placed:
            found[self.sentence_of(mark)].append(mark)
        return found

    def sentence_of(self, mark: ShownMark) -> int:
        """The index of the sentence in which a mark that has a place begins."""
        return sentence_at(self.sentences, mark.start or 0)

    def sentences_under(self, start: int, end: int) -> range:
        """The indices of the sentences that ``[start, end)`` touches."""
        return range(sentence_at(self.sentences, start), sentence_at(self.sentences, max(start, end - 1)) + 1)

    @cached_property
    def voices(self) -> list[Voice]:
        """The speakers who are quoted."""
        return [voice for voice in self._everybody if voice.speaker_uid is not None]

    @cached_property
    def unnamed_voices(self) -> list[Voice]:
        """Whoever is quoted and is no stored speaker: "some", "critics", nobody named at all."""
        return [voice for voice in self._everybody if voice.speaker_uid is None]

    @cached_property
    def _everybody(self) -> list[Voice]:
        return voices_of(self.marks.quotes)

    @cached_property
    def fates(self) -> dict[str, list[ShownMark]]:
        """The marks on words by what became of them: kept, moved, look, lost."""
        found: dict[str, list[ShownMark]] = {"kept": [], "moved": [], "look": [], "lost": []}
        for mark in self.marks:
            if mark.standing is not None:
                found[mark.standing.fate].append(mark)
        return found

    @cached_property
    def tones(self) -> list[tuple[str, int]]:
        """How many decided claims show each tone."""
        counts = Counter(claim.verdict.tone for claim in self.decided_claims)
        return [(tone, counts[tone]) for tone in TONES if counts[tone]]

    @cached_property
    def decided_claims(self) -> list[ShownClaim]:
        return [claim for claim in self.marks.claims if not claim.is_suggested]

    @cached_property
    def suggested(self) -> list[ShownMark]:
        return [mark for mark in self.marks if mark.is_suggested]

    @cached_property
    def worth_checking(self) -> list[ShownClaim]:
        """The suggested claims most worth checking, the best first."""
        waiting = [claim for claim in self.marks.claims if claim.is_suggested and claim.confidence is not None]
        return sorted(waiting, key=lambda claim: -claim.score)[:WORTH_CHECKING]

    @property
    def ledger(self) -> Sequence[ShownClaim]:
        return self.decided_claims[:LEDGER_ROWS]

    @cached_property
    def coverage(self) -> Coverage:
        """A sentence is checked under a claim whose verdict a second person approved, sourced under a quote with a
        speaker or a claim with evidence, opinion under a claim that cannot be checked or where a reader said so,
        else unchecked."""
        rank: dict[int, int] = {}
        for order, start, end in self._covered():
            for sentence in self.sentences_under(start, end):
                rank[sentence] = min(rank.get(sentence, order), order)
        counts = Counter(rank.values())
        return Coverage(counts[0], counts[1], counts[2], len(self.sentences) - sum(counts.values()))

    def _covered(self) -> Iterable[tuple[int, int, int]]:
        for claim in self.decided_claims:
            if claim.start is None or claim.end is None:
                continue
            if claim.verdict.is_approved:
                yield 0, claim.start, claim.end
            elif claim.pk in self.evidence:
                yield 1, claim.start, claim.end
            elif claim.checkable == Checkable.NO:
                yield 2, claim.start, claim.end
        for quote in self.marks.quotes:
            if quote.speaker is not None and not quote.is_suggested and quote.start is not None and quote.end:
                yield 1, quote.start, quote.end
        for start, end in self.opinions:
            yield 2, start, end

    @cached_property
    def dates(self) -> list[ResolvedDate]:
        """Relative dates in the text, resolved against the day the piece came out; none while that is unknown."""
        if self.article.published_at is None:
            return []
        published = localdate(self.article.published_at)
        return [
            ResolvedDate(each.exact, sentence_at(self.sentences, each.start), each.first, each.last)
            for each in _dates_in(self.text, published, self.article.language)
        ]

    @cached_property
    def outline(self) -> list[OutlineEntry]:
        """The paragraphs after the headline, with the tones of the claims that begin in them."""
        return [
            OutlineEntry(
                number=number,
                sentence=paragraph.first_sentence,
                words=self.text[paragraph.start : paragraph.end][:80],
                tones=[
                    mark.verdict.tone
                    for sentence in range(paragraph.first_sentence, paragraph.last_sentence)
                    for mark in self.by_sentence.get(sentence, ())
                    if isinstance(mark, ShownClaim) and not mark.is_suggested
                ],
            )
            for number, paragraph in enumerate(self.paragraphs[1:], start=1)
        ]

    def neighbours(self, mark: ShownMark) -> tuple[ShownMark | None, ShownMark | None]:
        """The marks before and after one in the order of the text; those on the whole article come last."""
        everything = [*self.placed, *self.lost, *self.whole]
        here = next((index for index, other in enumerate(everything) if other.uid == mark.uid), None)
        if here is None:
            return None, None
        before = everything[here - 1] if here else None
        return before, everything[here + 1] if here + 1 < len(everything) else None

    @property
    def own_findings(self) -> list[tuple[int, str]]:
        """What the reader said of sentences, by the numbers that these have on the page, in words."""
        said = sorted((start, finding) for start, finding in self.findings.items() if finding)
        return [(sentence_at(self.sentences, start) + 1, str(Finding(finding).label)) for start, finding in said]

    def on_same_words(self, mark: ShownMark) -> list[ShownMark]:
        """The other marks that share at least one character with a mark."""
        if mark.start is None or mark.end is None:
            return []
        return [
            other
            for other in self.placed
            if other.uid != mark.uid and (other.start or 0) < mark.end and (other.end or 0) > mark.start
        ]


def open_workbench(*, article: Article, revision: Revision, person: Person, selected: str = "") -> Workbench:
    """Load what the workbench shows to a person of a revision; ``selected`` is the uid or the label of a mark."""
    marks = marks_of(revision, person)
    said = _findings(revision)
    return Workbench(
        article=article,
        revision=revision,
        marks=marks,
        evidence=_evidence_of(article, person) if marks.claims else {},
        opinions=[(start, end) for _who, start, end, finding in said if finding == Finding.OPINION],
        findings={start: finding for who, start, _end, finding in said if who == person.pk},
        selected=marks.find(selected) if selected else None,
        talk=talk_on(article, person),
    )


@lru_cache(maxsize=256)
def _dates_in(text: str, published: date, language: str) -> tuple[RelativeDate, ...]:
    return tuple(relative_dates(text, published=published, language=language))


def _evidence_of(article: Article, person: Person) -> dict[int, Counter[str]]:
    """How many attached passages of each stance a claim has, by the claim's key."""
    found: dict[int, Counter[str]] = {}
    for claim, stance in _attached_rows(article.pk, person.pk or 0, roles=roles_of(person)):
        found.setdefault(claim, Counter())[stance] += 1
    return found


@written_once
def _attached_rows(article: int, person: int, *, roles: frozenset[str]) -> QuerySet[Evidence, tuple[int, str]]:
    # Of claims of an article the person was let in to; only the sources are left to be asked about.
    sources = visible_sources(Asker(person, roles))
    attached = Evidence.objects.attached().filter(claim__article=article, snapshot__source__in=sources)
    return attached.values_list("claim_id", "stance")


def _findings(revision: Revision) -> list[tuple[int, int, int, str]]:
    """What readers of the everyday desk said last of each sentence: who, start, end, finding; empty when taken back."""
    rows = _finding_rows(revision.pk)
    last = {(reading, start): (who, start, end, finding) for reading, who, start, end, finding in rows}
    return list(last.values())


@written_once
def _finding_rows(revision: int) -> QuerySet[SentenceFinding, tuple[int, int, int, int, str]]:
    return (
        SentenceFinding.objects.filter(reading__revision=revision, reading__project__is_default=True)
        .order_by("reading_id", "start", "sequence")
        .values_list("reading_id", "reading__created_by_id", "start", "end", "finding")
    )


def _paragraphs(revision: Revision, sentences: Sequence[tuple[int, int]]) -> list[Paragraph]:
    blocks = [Block.from_json(block) for block in revision.blocks]
    ranges = block_ranges(revision.headline, blocks)
    kinds = ["headline", *(block.kind.value for block in blocks)]
    formats: list[Sequence[Any]] = [(), *(block.marks for block in blocks)]
    found, sentence = [], 0
    for kind, (start, end), marks in zip(kinds, ranges, formats, strict=True):
        first = sentence
        while sentence < len(sentences) and sentences[sentence][0] < end:
            sentence += 1
        found.append(Paragraph(kind, start, end, first, sentence, marks))
    return found
