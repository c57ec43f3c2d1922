"""Which claims say what a claim says: those that people linked, and those that are likely to, by their words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q, QuerySet

from annotations.matching import Rarity, likeness
from annotations.models import CheckState, Claim, ClaimMatch
from annotations.permissions import visible_claims, visible_desk_verdicts, visible_fact_checks
from annotations.queries.checking.claims import verdicts_shown
from annotations.queries.checking.verdicts import ShownVerdict

if TYPE_CHECKING:
    from articles.permissions import Person

MOST_MATCHES = 5
MOST_SEEN = 50
# From this likeness on a claim is shown, and from this one on a suggested sentence counts as one more appearance.
LEAST, LEAST_SEEN = 0.35, 0.6
# Claims looked at in the index, as an estimate, and those held against each other word for word.
LOOKED_AT, HELD_AGAINST = 2_000, 200

# The statistics that ANALYZE keeps of an array's most common elements; before the first there are none.
COMMON_TERMS = """
SELECT m.term, m.share, (SELECT reltuples FROM pg_class WHERE oid = 'annotations_claim'::regclass)
FROM pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS m (term, share)
WHERE s.schemaname = current_schema() AND s.tablename = 'annotations_claim' AND s.attname = 'terms'
    AND m.term IS NOT NULL
"""
# Of claims that share a rare term, whoever may know of them, those with most of the statement's weight. Of one table
# alone: beside the articles somebody may know of, the planner would walk through these and ask the index for each.
HEAVIEST = """
SELECT id, terms, canonical FROM (
    SELECT c.id, c.terms, c.canonical, (
        SELECT sum(q.weight) FROM unnest(%(terms)s::text[], %(weights)s::float8[]) AS q (term, weight)
        WHERE q.term = ANY (c.terms)
    ) AS weight
    FROM annotations_claim c
    WHERE c.terms && %(rarest)s::text[] AND c.id <> %(claim)s AND c.retracted_at IS NULL AND c.origin <> 'rejected'
        {within}
) near
ORDER BY weight DESC, id DESC
LIMIT %(most)s
"""
UNSHOWN = ("article__head__text", "article__head__blocks", "article__head__removed")


@dataclass(frozen=True, slots=True)
class Match:
    """A claim that is likely to say the same as another.

    :ivar score: how alike they are, from 0 to 1.
    :ivar seen: the version of the later of the two, which names the earlier one if they are linked.
    """

    claim: Any
    score: float
    seen: int
    shown: ShownVerdict

    @property
    def hundredths(self) -> int:
        return round(100 * self.score)


@dataclass(frozen=True, slots=True)
class Appearance:
    """A place where a claim is made: by a claim that says the same, or by a sentence that is likely to."""

    claim: Any
    score: float | None

    @property
    def hundredths(self) -> int | None:
        return None if self.score is None else round(100 * self.score)


# A claim with how alike it is to another.
Likely = Sequence[tuple[Any, float]]


def likely_same(claim: Claim, person: Person) -> Likely:
    """The claims and suggested sentences a person may know of that are like a claim, the likeliest first.

    Left out are those that are linked with it, and those that somebody dismissed; five queries.
    """
    others = visible_claims(person).live().exclude(_same_as(claim))
    return _likely(claim, others.exclude(pk__in=_dismissed(claim)))


def matches_of(claim: Claim, person: Person, likely: Likely | None = None) -> list[Match]:
    """Decided claims that are likely to say the same, the likeliest first, each with its verdict.

    :param likely: what :func:`likely_same` found, where that is known.
    """
    likely = likely_same(claim, person) if likely is None else likely
    found = [(other, score) for other, score in likely if not other.is_suggested][:MOST_MATCHES]
    verdicts = verdicts_shown([other.pk for other, _ in found], person)
    return [
        Match(other, score, other.version if other.pk > claim.pk else claim.version, verdicts[other.pk])
        for other, score in found
    ]


def appearances_of(claim: Claim, person: Person, likely: Likely | None = None) -> list[Appearance]:
    """Every other place where a claim is made: the claims linked with it, then suggested sentences that are like it.

    :param likely: what :func:`likely_same` found, where that is known.
    """
    likely = likely_same(claim, person) if likely is None else likely
    linked = visible_claims(person).live().filter(_same_as(claim)).exclude(pk=claim.pk)
    shown = linked.select_related("article__head").order_by("created_at", "pk")[:MOST_SEEN]
    waiting = [(other, score) for other, score in likely if other.is_suggested and score >= LEAST_SEEN]
    return [*(Appearance(other, None) for other in shown), *(Appearance(other, score) for other, score in waiting)]


def judged_before(appearances: Sequence[Appearance], person: Person) -> tuple[Any, ShownVerdict] | None:
    """Of the linked claims the first with a verdict of the desk, or an approved one; None where there is none."""
    linked = [each.claim for each in appearances if each.score is None]
    verdicts = verdicts_shown([claim.pk for claim in linked], person) if linked else {}
    judged = ((claim, verdicts[claim.pk]) for claim in linked if verdicts[claim.pk].is_approved)
    return next(judged, None)


def verdict_as_draft(other: Claim, person: Person) -> dict[str, Any]:
    """What was said last of a claim, as a draft for one that says the same begins with it; empty where nothing was."""
    said: Any = visible_desk_verdicts(person).filter(claim=other).order_by("-number").first() or (
        visible_fact_checks(person).filter(claim=other, state=CheckState.APPROVED).order_by("-pk").first()
    )
    if said is None:
        return {}
    return {name: getattr(said, name) for name in ("verdict", "rating", "qualifiers", "reason")}


def _same_as(claim: Claim) -> Q:
    """All that say the same as a claim, itself included."""
    first = claim.same_as_id or claim.pk
    return Q(pk__in=[claim.pk, first]) | Q(same_as__isnull=False, same_as=first)


def _dismissed(claim: Claim) -> list[int]:
    """The claims of which was said last that they do not say the same as this one."""
    said = ClaimMatch.objects.filter(Q(claim=claim) | Q(earlier=claim)).order_by("pk")
    last = {
        (later if later != claim.pk else earlier): is_same
        for later, earlier, is_same in said.values_list("claim_id", "earlier_id", "is_same")
    }
    return [other for other, is_same in last.items() if not is_same]


def _likely(claim: Claim, others: QuerySet[Any]) -> Likely:
    terms: list[str] = Claim.objects.values_list("terms", flat=True).get(pk=claim.pk)
    if not terms:
        return []
    rarity, claims = rarity_of_terms()
    near = _heaviest(claim, terms, rarity, claims)
    if len(near) == HELD_AGAINST and others.filter(pk__in=[key for key, *_ in near]).count() < len(near):
        # What this person may not know of has taken places: look among what they may know of alone.
        near = _heaviest(claim, terms, rarity, claims, among=others)
    scores = {key: likeness(terms, theirs, claim.canonical, text, rarity) for key, theirs, text in near}
    alike = [key for key, score in scores.items() if score >= LEAST]
    known = others.filter(pk__in=alike).select_related("article__head", "speaker").defer(*UNSHOWN) if alike else ()
    return sorted(((other, scores[other.pk]) for other in known), key=lambda pair: (-pair[1], pair[0].pk))


def _heaviest(
    claim: Claim, terms: Sequence[str], rarity: Rarity, claims: int, *, among: QuerySet[Any] | None = None
) -> Sequence[tuple[int, Sequence[str], str]]:
    """Key, terms and restatement of those that are held against a claim: of all, or of some."""
    within, values = "", ()
    if among is not None:
        statement, values = among.order_by().values("pk").query.sql_with_params()
        within = f"AND c.id IN ({statement})"
    asked: dict[str, Any] = {
        "terms": list(terms),
        "weights": [rarity.weight(term) for term in terms],
        "rarest": rarity.rarest(terms, most=LOOKED_AT / claims),
        "claim": claim.pk,
        "most": HELD_AGAINST,
    }
    with connection.cursor() as cursor:
        cursor.execute(HEAVIEST.format(within=_named(within, values, asked)), asked)
        found: Sequence[tuple[int, Sequence[str], str]] = cursor.fetchall()
    return found


def _named(statement: str, values: Sequence[Any], asked: dict[str, Any]) -> str:
    """A statement whose places for values have names; the values are added to ``asked``."""
    names = [f"among_{place}" for place in range(len(values))]
    asked.update(zip(names, values, strict=True))
    return statement % tuple(f"%({name})s" for name in names)


def rarity_of_terms() -> tuple[Rarity, int]:
    """How rare terms are among all claims, and about how many claims there are; one query."""
    with connection.cursor() as cursor:
        cursor.execute(COMMON_TERMS)
        rows: Collection[tuple[str, float, float]] = cursor.fetchall()
    shares = {term: share for term, share, _ in rows}
    claims = max(1_000, *(int(count) for _, _, count in rows), 0)
    least = min([*shares.values(), 1.0]) / 2 if shares else 1 / claims
    return Rarity({term: min(share, 0.99) for term, share in shares.items()}, min(least, 10 / claims)), claims
