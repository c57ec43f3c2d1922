"""How well marks are carried, judged against the truth.

What must never happen is a mark that claims to be certain and stands on other words. Where the two texts alone
cannot tell which of two places is meant, that is counted apart and listed, never left out in silence.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from articles.anchoring.carry import carry
from articles.anchoring.cases import Case, Kind, Span, Truth
from articles.anchoring.fates import Carried, State
from articles.anchoring.sentences import sentences
from articles.anchoring.text import fold

# A proposal helps when it covers this share of both, the place proposed and the true one, together.
HELPFUL = 0.5
# Words of which something to point at is left, so that a tool can be asked to find it.
SURVIVING = frozenset({Kind.INTACT, Kind.COSMETIC, Kind.EDITED, Kind.REPLACED})
UNTOUCHED = frozenset({Kind.INTACT, Kind.COSMETIC})
MIXED = "mixed"  # edits of several kinds one after the other


class Verdict(StrEnum):
    """How the fate of one mark compares with the truth."""

    RIGHT = "right"
    """Anchored where it belongs."""
    RIGHT_FOR_REVIEW = "right for review"
    """Proposed, at a place that helps."""
    WRONG_FOR_REVIEW = "wrong for review"
    """Proposed, at a place that does not help; a person decides."""
    RIGHTLY_ORPHANED = "rightly orphaned"
    LOST = "lost"
    """Orphaned, though the words or their replacement are there."""
    SILENTLY_WRONG = "silently wrong"
    UNDECIDABLE = "undecidable"
    """Anchored elsewhere, where the two texts alone cannot tell the places apart."""


CARRIED = frozenset({Verdict.RIGHT, Verdict.RIGHT_FOR_REVIEW})


def judge(case: Case, span: Span, truth: Truth, fate: Carried) -> Verdict:
    """Compare the fate of a span with its truth."""
    if fate.start is None or fate.end is None:
        return Verdict.LOST if truth.kind in SURVIVING else Verdict.RIGHTLY_ORPHANED
    place = fate.start, fate.end
    overlap = max((_overlap(place, true_place) for true_place in truth.places), default=0.0)
    if fate.state is State.NEEDS_REVIEW:
        return Verdict.RIGHT_FOR_REVIEW if overlap >= HELPFUL else Verdict.WRONG_FOR_REVIEW
    if truth.kind in UNTOUCHED:
        is_right = _trimmed(case.new, place) == _trimmed(case.new, truth.places[0])
    else:
        is_right = overlap >= HELPFUL
    if is_right:
        return Verdict.RIGHT
    return Verdict.UNDECIDABLE if is_undecidable(case, span, truth, place) else Verdict.SILENTLY_WRONG


def is_undecidable(case: Case, span: Span, truth: Truth, place: Span) -> bool:
    """Say whether nothing in the two texts tells the place claimed from the true one.

    Either both stand at the same words of equal sentences, so that one is the other's copy. Or the place claimed reads
    as the mark's sentences read before, and these stand once in either text or still beside a neighbour: so a text
    looks in which nothing happened or a sentence moved whole, yet the editor typed a copy and took the original away
    or rewrote it.
    """
    claimed = _context(case.new, place)
    if any(_context(case.new, true_place).own == claimed.own for true_place in truth.places):
        return True
    standing = _context(case.old, span)
    if standing.own != claimed.own:
        return False
    is_only = _count(case.old, standing) == _count(case.new, standing) == 1
    return is_only or standing.before == claimed.before or standing.after == claimed.after


class Context(NamedTuple):
    """The sentences round a mark, folded: its own with how far the mark stands in them, and their neighbours."""

    own: tuple[str, int]
    before: str
    after: str


def _context(text: str, span: Span) -> Context:
    start, end = _trimmed(text, span)
    every = sentences(text)
    around = [number for number, place in enumerate(every) if place[0] < end and start < place[1]]
    if not around:
        return Context((fold(text[start:end]), 0), "", "")
    first, last = around[0], around[-1]
    own = fold(text[every[first][0] : every[last][1]]), len(fold(text[every[first][0] : start]))
    before = text[slice(*every[first - 1])] if first else ""
    after = text[slice(*every[last + 1])] if last + 1 < len(every) else ""
    return Context(own, fold(before), fold(after))


def _count(text: str, context: Context) -> int:
    return fold(text).count(context.own[0])


def _trimmed(text: str, span: Span) -> Span:
    words = text[slice(*span)]
    start = span[0] + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _overlap(one: Span, other: Span) -> float:
    """Give the share of both spans together that they have in common (Jaccard)."""
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / (one[1] - one[0] + other[1] - other[0] - shared)


@dataclass(frozen=True, slots=True)
class Finding:
    """One judged mark."""

    case: Case
    span: Span
    truth: Truth
    fate: Carried
    verdict: Verdict

    def to_json(self) -> dict[str, object]:
        """Say what was marked, where it was put and where it belongs, as JSON values."""
        start, end = self.fate.start, self.fate.end
        return {
            "case": self.case.name,
            "edits": list(self.case.edits),
            "span": list(self.span),
            "words": self.case.old[slice(*self.span)],
            "truth": self.truth.kind.value,
            "true_places": [list(place) for place in self.truth.places],
            "place": None if start is None else [start, end],
            "reason": self.fate.reason.value,
        }


def findings(cases: Iterable[Case]) -> Iterator[Finding]:
    """Carry the marks of every case and judge them."""
    for case in cases:
        fates = carry(case.old, case.new, case.spans)
        for span, truth, fate in zip(case.spans, case.truths, fates, strict=True):
            yield Finding(case, span, truth, fate, judge(case, span, truth, fate))


@dataclass(slots=True)
class Tally:
    """Counts of judged marks."""

    marks: int = 0
    surviving: int = 0
    carried: int = 0
    untouched: int = 0
    untouched_anchored: int = 0
    untouched_lost: int = 0
    states: Counter[State] = field(default_factory=Counter)
    verdicts: Counter[Verdict] = field(default_factory=Counter)

    def add(self, finding: Finding) -> None:
        """Count one mark."""
        kind, verdict = finding.truth.kind, finding.verdict
        self.marks += 1
        self.states[finding.fate.state] += 1
        self.verdicts[verdict] += 1
        self.surviving += kind in SURVIVING
        self.carried += kind in SURVIVING and verdict in CARRIED
        self.untouched += kind in UNTOUCHED
        self.untouched_anchored += kind in UNTOUCHED and verdict is Verdict.RIGHT
        self.untouched_lost += kind in UNTOUCHED and verdict is Verdict.LOST

    @property
    def carried_share(self) -> float:
        """The share of the marks with words left that were put where these are, for certain or for review."""
        return self.carried / self.surviving if self.surviving else 1.0

    def to_json(self) -> dict[str, int | float]:
        """Give the counts as JSON values; ``carried_percent`` is of ``surviving``."""
        return {
            "marks": self.marks,
            "surviving": self.surviving,
            "carried": self.carried,
            "carried_percent": round(100 * self.carried_share, 3),
            **{state.value: self.states[state] for state in State},
            "silently_wrong": self.verdicts[Verdict.SILENTLY_WRONG],
            "undecidable": self.verdicts[Verdict.UNDECIDABLE],
            "intact": self.untouched,
            "intact_anchored": self.untouched_anchored,
            "intact_lost": self.untouched_lost,
        }


@dataclass(slots=True)
class Score:
    """All marks together, the marks of each kind of edit, and those that stand on other words."""

    total: Tally = field(default_factory=Tally)
    by_edit: dict[str, Tally] = field(default_factory=dict)
    silently_wrong: list[Finding] = field(default_factory=list)
    undecidable: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        """Count one mark; an edit of several kinds counts as mixed."""
        edits = finding.case.edits
        edit = edits[0] if len(edits) == 1 else MIXED
        self.total.add(finding)
        self.by_edit.setdefault(edit, Tally()).add(finding)
        if finding.verdict is Verdict.SILENTLY_WRONG:
            self.silently_wrong.append(finding)
        if finding.verdict is Verdict.UNDECIDABLE:
            self.undecidable.append(finding)

    def to_json(self) -> dict[str, object]:
        """Give everything as JSON values."""
        return {
            **self.total.to_json(),
            "edits": {edit: tally.to_json() for edit, tally in self.by_edit.items()},
            "silently_wrong_marks": [finding.to_json() for finding in self.silently_wrong],
            "undecidable_marks": [finding.to_json() for finding in self.undecidable],
        }


def score(cases: Iterable[Case]) -> Score:
    """Carry the marks of all cases and sum up how well that went."""
    summed = Score()
    for finding in findings(cases):
        summed.add(finding)
    return summed
