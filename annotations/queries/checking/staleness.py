"""Why a verdict is stale, each reason with its difference: what the verdict saw, and what stands now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotations.models import Claim, DeskVerdict, Evidence, FactCheck, LaterSource
from annotations.permissions import visible_desk_verdicts, visible_evidence, visible_later_sources
from annotations.queries.checking.verdicts import ShownVerdict, Staleness
from annotations.queries.workbench.differences import Stretch, differences, pieces_of
from articles.models import CurrentAnchor, Snapshot

if TYPE_CHECKING:
    from articles.permissions import Person

# How much of a newer text is shown around where the passage stood, in code points.
AROUND = 400


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, with what it came from where the reader may know of it.

    :ivar stretches: the difference; empty where there is none to show.
    :ivar source: the stored text that says it, with ``words``, what of it is meant.
    :ivar later: what was stored later, which may be put aside.
    """

    staleness: Staleness
    stretches: Sequence[Stretch] = ()
    source: Snapshot | None = None
    words: str = ""
    later: LaterSource | None = None


def reasons_of(claim: Any, shown: ShownVerdict, person: Person) -> list[Reason]:
    """Every reason for which the verdict shown is stale, in the order of :class:`Staleness`."""
    return [reason for each in shown.stale for reason in _reasons(each, claim, shown, person)]


def _reasons(staleness: Staleness, claim: Any, shown: ShownVerdict, person: Person) -> Iterator[Reason]:
    if staleness == Staleness.WORDS:
        yield Reason(staleness, _difference(shown.given_on, _words_now(claim)))
    elif staleness == Staleness.RESTATEMENT and shown.given_as:
        yield Reason(staleness, _difference(shown.given_as, claim.canonical))
    elif staleness == Staleness.SNAPSHOT:
        yield from _of_snapshots(claim, person)
    elif staleness == Staleness.MATCH:
        yield Reason(staleness, _of_matched(claim, person))
    elif staleness == Staleness.LATER:
        yield from _of_later(claim, person)
    else:
        yield Reason(staleness)


def _difference(old: str, new: str) -> list[Stretch]:
    return [Stretch(pieces_of([old] if old else [], [new] if new else []))]


def _words_now(claim: Any) -> str:
    return CurrentAnchor.of(claim.span_id, claim.article.head_id).exact


def _of_snapshots(claim: Any, person: Person) -> Iterator[Reason]:
    """Passages that the newest text of their source does not have, beside what stands in their place."""
    cited = visible_evidence(person).attached().filter(claim=claim).select_related("snapshot__source")
    for evidence in cited.order_by("created_at", "pk"):
        newest = Snapshot.objects.filter(source=evidence.snapshot.source_id).order_by("-number").first()
        if newest is not None and newest.pk != evidence.snapshot_id and evidence.excerpt not in newest.text:
            stretches = _around(evidence, newest)
            yield Reason(Staleness.SNAPSHOT, stretches, source=newest)


def _around(evidence: Evidence, newest: Snapshot) -> list[Stretch]:
    """The changed paragraphs, or where the texts are long, what stands where the passage stood."""
    if len(evidence.snapshot.text) + len(newest.text) <= 4 * AROUND:
        return differences(evidence.snapshot.text, newest.text)
    beginning = max(0, evidence.start - AROUND)
    return _difference(evidence.excerpt, newest.text[beginning : evidence.end + AROUND])


def _of_matched(claim: Any, person: Person) -> list[Stretch]:
    """What the desk said of the earlier claim when the verdict was written, and what it says now."""
    if claim.same_as_id is None:
        return []
    check = FactCheck.objects.filter(claim=claim).exclude(verdict="").order_by("-written_at").first()
    said = {verdict.pk: verdict for verdict in _said_of(claim.same_as_id, person)}
    before = said.get(check.matched_seen_id or 0) if check is not None else None
    now = next(iter(said.values()), None)
    return _difference(_told(before), _told(now))


def _said_of(claim: int, person: Person) -> Any:
    said = visible_desk_verdicts(person).filter(claim=claim)
    return said.select_related("rating").order_by("-number")


def _told(verdict: DeskVerdict | None) -> str:
    return f"{verdict.rating.name}. {verdict.reason}" if verdict else ""


def _of_later(claim: Claim, person: Person) -> Iterator[Reason]:
    found = visible_later_sources(person).filter(claim=claim, aside_at=None).select_related("snapshot__source")
    for later in found.order_by("created_at", "pk"):
        words = later.snapshot.text[later.start : later.end]
        yield Reason(Staleness.LATER, source=later.snapshot, words=words, later=later)
