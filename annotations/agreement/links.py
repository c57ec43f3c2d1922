"""Agreement on what hangs together: whether two people found the same claim, and tied the same to it.

Two claims are the same when they share at least half of the words that either covers; each claim is the same as one of
the other person's at most, chosen so that the shares sum to the most. What is tied to claims is compared for
those alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from annotations.agreement.assignment import best_pairs
from annotations.agreement.figures import About, Coefficient, Group
from annotations.agreement.ledger import Counts, Key, Numbers
from annotations.agreement.study import TOGETHER, ClaimMade, Study, TextRead
from annotations.agreement.undefined import Reason, Undefined

LEAST_SHARED = 0.5
# The best choice among so many pairs that all compete takes minutes.
MOST_PAIRS = 20_000
# Shares of evidence are kept as whole numbers of this part.
PART = 1_000_000


@dataclass(frozen=True, slots=True)
class Links:
    """Claims of the first and of the second, those that are the same, and of these what was compared and is the same.

    :ivar evidence_shared: the sum of |both| / |either| of the evidence, in millionths.
    """

    first: int
    second: int
    matched: int
    speakers: int
    speakers_same: int
    evidence: int
    evidence_shared: int
    verdicts: int
    verdicts_same: int


FIELDS = tuple(Links.__dataclass_fields__)


def same_claim(links: Links) -> float:
    """F₁ of the claims, 2 · the same / all.

    :raises Undefined: where neither found a claim.
    """
    if not links.first + links.second:
        raise Undefined(Reason.NO_MARKS)
    return 2 * links.matched / (links.first + links.second)


def same_speaker(links: Links) -> float:
    """The share with the same speaker, of the same claims for which either named one."""
    return _share(links.speakers_same, links.speakers)


def same_evidence(links: Links) -> float:
    """The mean share of evidence that both linked among what either did (Jaccard 1912), of claims with any."""
    return _share(links.evidence_shared, links.evidence * PART)


def same_verdict(links: Links) -> float:
    """The share with the same verdict, of the same claims on which both gave one."""
    return _share(links.verdicts_same, links.verdicts)


def _share(same: int, compared: int) -> float:
    if not compared:
        raise Undefined(Reason.NO_MATCH)
    return same / compared


def matching_claims(first: Sequence[ClaimMade], second: Sequence[ClaimMade]) -> list[tuple[ClaimMade, ClaimMade]]:
    """The pairs of claims that are the same.

    Where more than :data:`MOST_PAIRS` compete, those that share most are taken one after the other instead.
    """
    gains = _shares(first, second)
    pairs = best_pairs(gains) if len(gains) <= MOST_PAIRS else _greatest_first(gains)
    return [(first[row], second[column]) for row, column in sorted(pairs.items())]


def _shares(first: Sequence[ClaimMade], second: Sequence[ClaimMade]) -> dict[tuple[int, int], float]:
    """What claims share that may be the same, by their places: such begin within the length of either."""
    order = sorted(range(len(second)), key=lambda column: second[column].start)
    starts = [second[column].start for column in order]
    gains = {}
    for row, one in enumerate(first):
        length = one.end - one.start
        for place in range(bisect_left(starts, one.start - length), bisect_right(starts, one.start + length)):
            if (share := _overlap(one, second[order[place]])) >= LEAST_SHARED:
                gains[row, order[place]] = share
    return gains


def _greatest_first(gains: Mapping[tuple[int, int], float]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    taken = set()
    for row, column in sorted(gains, key=lambda pair: (-gains[pair], pair)):
        if row not in pairs and column not in taken:
            pairs[row] = column
            taken.add(column)
    return pairs


def _overlap(one: ClaimMade, other: ClaimMade) -> float:
    both = max(0, min(one.end, other.end) - max(one.start, other.start))
    return both / (one.end - one.start + other.end - other.start - both)


def count_links(text: TextRead, study: Study) -> Counter[Key]:
    """What :class:`Links` needs of one text, for everybody and each pair."""
    counts: Counter[Key] = Counter()
    readers = set(text.readers)
    for one, other in study.pairs:
        if one not in readers or other not in readers:
            continue
        links = _compare(text.claims.get(one, ()), text.claims.get(other, ()))
        for people in ((one, other), TOGETHER):
            for name, number in links.items():
                counts["claims", people, name] += number
    return counts


def _compare(first: Sequence[ClaimMade], second: Sequence[ClaimMade]) -> Mapping[str, int]:
    pairs = matching_claims(first, second)
    named = [(one.speaker, other.speaker) for one, other in pairs if one.speaker or other.speaker]
    linked = [(one.evidence, other.evidence) for one, other in pairs if one.evidence or other.evidence]
    judged = [(one.verdict, other.verdict) for one, other in pairs if one.verdict and other.verdict]
    return {
        "first": len(first),
        "second": len(second),
        "matched": len(pairs),
        "speakers": len(named),
        "speakers_same": sum(one == other for one, other in named),
        "evidence": len(linked),
        "evidence_shared": sum(len(one & other) * PART // len(one | other) for one, other in linked),
        "verdicts": len(judged),
        "verdicts_same": sum(one == other for one, other in judged),
    }


def _links(numbers: Numbers, *, study: Study) -> Links:
    if len(study.people) < 2:
        raise Undefined(Reason.ONE_PERSON)
    return Links(*numbers)


def groups_of(study: Study) -> Iterator[Group]:
    """Each pair's figures; everybody's pool the claims of all pairs."""
    formulas = [
        (Coefficient.SAME_CLAIM, same_claim),
        (Coefficient.SAME_SPEAKER, same_speaker),
        (Coefficient.SAME_EVIDENCE, same_evidence),
        (Coefficient.SAME_VERDICT, same_verdict),
    ]
    for people in study.everybody_and_pairs:
        keys = [("claims", people, name) for name in FIELDS]
        yield Group(
            About.CLAIMS,
            "",
            study.names(people),
            keys,
            partial(_links, study=study),
            formulas,
            partial(_both, keys=keys[:2]),
        )


def _both(counts: Counts, *, keys: Sequence[Key]) -> int:
    return sum(counts[key] for key in keys)
