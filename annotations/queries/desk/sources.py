"""The library of sources: the list with its facets, and one source with all that rests on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from annotations.models import Claim, Evidence
from annotations.permissions import visible_evidence
from annotations.queries.checking.claims import ClaimRow, claim_rows, with_numbers
from annotations.queries.workbench.differences import Stretch, differences
from articles.anchoring.text import normalise
from articles.models import Basis, Snapshot, Source
from articles.permissions import visible_sources

if TYPE_CHECKING:
    from articles.permissions import Person

NEWEST_FIRST = ("-created_at", "-id")
FACET_DEPTH = 2_000
FACET_LENGTH = 6
MOST_EVIDENCE = 200


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in a list, with its newest snapshot (number, basis) and how often it is evidence."""

    source: Source
    snapshots: int
    basis: str
    newest_uid: str
    uses: int

    @property
    def basis_label(self) -> str:
        return str(Basis(self.basis).label) if self.basis else ""

    @property
    def is_verbatim(self) -> bool:
        return self.basis in {Basis.CAPTURE, Basis.TRANSCRIPT}


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that the sources have, and how many of them have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What a list may be narrowed to, counted in the newest :data:`FACET_DEPTH` sources of it."""

    kinds: Sequence[Facet]
    publishers: Sequence[Facet]
    bases: Sequence[Facet]


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A claim that cites a source, with the passages it cites."""

    row: ClaimRow
    evidence: Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class SourcePage:
    source: Source
    snapshots: Sequence[Snapshot]
    shown: Snapshot
    cited: Sequence[CitedClaim]
    changes: Sequence[Stretch] = ()
    """What the shown snapshot says otherwise than the one before it; empty for the first."""


def narrow_sources(
    sources: QuerySet[Source], *, words: str = "", kind: str = "", publisher: str = "", basis: str = ""
) -> QuerySet[Source]:
    """Those sources that fit every filter given; ``words`` stand in title or publisher, the last as a prefix."""
    if words:
        sources = sources.filter(pk__in=Source.objects.matching(words).values("pk"))
    if kind:
        sources = sources.filter(kind=kind)
    if publisher:
        sources = sources.filter(publisher=publisher)
    if basis:
        sources = sources.filter(pk__in=Snapshot.objects.filter(basis=basis).values("source"))
    return sources


def source_rows(sources: Sequence[Source]) -> list[SourceRow]:
    """Sources with their newest snapshots and uses, in two queries however many there are."""
    keys = [source.pk for source in sources]
    newest: dict[int, tuple[int, str, Any]] = {}
    snapshots = Snapshot.objects.filter(source__in=keys).order_by("number")
    for key, number, basis, uid in snapshots.values_list("source_id", "number", "basis", "uid"):
        newest[key] = (number, basis, uid)
    uses = Counter(
        dict(
            Evidence.objects.attached()
            .filter(snapshot__source__in=keys)
            .values_list("snapshot__source")
            .annotate(Count("pk"))
            .order_by()
        )
    )
    rows = []
    for source in sources:
        number, basis, uid = newest.get(source.pk, (0, "", ""))
        rows.append(SourceRow(source, number, basis, str(uid), uses[source.pk]))
    return rows


def facets_of(sources: QuerySet[Source]) -> Facets:
    """The most frequent kinds, publishers and bases among the newest of these sources."""
    first = Snapshot.objects.filter(source=OuterRef("pk")).order_by("-number").values("basis")[:1]
    newest = sources.order_by(*NEWEST_FIRST).annotate(basis=Subquery(first))[:FACET_DEPTH]
    kinds, publishers, bases = Counter[str](), Counter[str](), Counter[str]()
    for kind, publisher, basis in newest.values_list("kind", "publisher", "basis"):
        kinds[kind] += 1
        publishers[publisher] += 1
        bases[basis or ""] += 1
    labels = {str(value): str(label) for value, label in Basis.choices}
    return Facets(_facets(kinds), _facets(publishers), _facets(bases, labels))


def _facets(counts: Counter[str], labels: dict[str, str] | None = None) -> list[Facet]:
    known = [(value, count) for value, count in counts.most_common(FACET_LENGTH + 1) if value]
    return [Facet(value, (labels or {}).get(value, value), count) for value, count in known[:FACET_LENGTH]]


def build_source_page(source: Source, *, person: Person, number: int | None = None) -> SourcePage:
    """A source with its snapshots, the text of one of them, and the claims that cite it.

    :param number: which snapshot's text; the newest unless given.
    :raises Snapshot.DoesNotExist: when the source has no such snapshot.
    """
    stored = source.snapshots.select_related("capture", "created_by").defer("text", "capture__content")
    snapshots = list(stored.order_by("-number"))
    wanted = source.snapshots.prefetch_related("passages")
    shown = wanted.get(number=number) if number is not None else wanted.order_by("-number")[0]
    former = source.snapshots.filter(number=shown.number - 1).first() if shown.number > 1 else None
    changes = differences(former.text, shown.text) if former else []
    return SourcePage(source, snapshots, shown, _cited(source, person), changes)


def changes_to(source: Source, text: str) -> list[Stretch]:
    """What a text says otherwise than the newest snapshot; empty when it says the same."""
    newest = source.snapshots.order_by("-number")[0].text
    kept = normalise(text).strip()
    return [] if newest == kept else differences(newest, kept)


def _cited(source: Source, person: Person) -> list[CitedClaim]:
    evidence = visible_evidence(person).filter(snapshot__source=source, detached_at=None)
    by_claim: dict[int, list[Evidence]] = defaultdict(list)
    for each in evidence.select_related("snapshot").order_by("pk")[:MOST_EVIDENCE]:
        by_claim[each.claim_id].append(each)
    claims = with_numbers(Claim.objects.filter(pk__in=by_claim).select_related("article__head", "speaker"))
    rows = claim_rows(list(claims.order_by("-priority", "pk")), person)
    return [CitedClaim(row, by_claim[row.claim.pk]) for row in rows]


def find_source(person: Person) -> QuerySet[Source]:
    """The sources a person may open."""
    return visible_sources(person).select_related("created_by")
