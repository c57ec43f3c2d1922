"""Every annotation of one article as its representation describes it, read straight from the rows.

An article may have a thousand marks, and a model instance and a serializer for each take fifty times as long as the
rows themselves. What is said is what the representations say, in the same order; a test compares the two.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from annotations.api.checking.claims import ClaimRepresentation
from annotations.api.workbench.bias import BiasTagRepresentation
from annotations.models import BiasTag, Claim, SecondaryCategory
from annotations.permissions import visible_bias_tags, visible_claims
from annotations.queries.checking.verdicts import ShownVerdict, as_read, verdicts_for
from articles.api.marks import MARK_FIELDS
from articles.api.quotes import QuoteRepresentation
from articles.models import Article, Quote
from articles.models.statement import written_once
from articles.permissions import Asker, is_working, roles_of, visible_quotes

if TYPE_CHECKING:
    from articles.permissions import Person

Answered: TypeAlias = dict[str, Any]

ANCHOR = ("start", "end", "exact", "prefix", "suffix", "state", "reason")
AUTHOR = ("uid", "name", "username")
# What every mark shows of its own row, in the order of MARK_FIELDS, and behind it what its kind adds.
OWN = (
    "uid",
    "version",
    "origin",
    "proposer",
    "proposer_version",
    "rule",
    "decided_at",
    "note",
    "created_at",
    "retraction_reason",
)
SHARED = (
    *OWN,
    *(f"on_head__anchor__{name}" for name in ANCHOR),
    *(f"created_by__{name}" for name in AUTHOR),
    *(f"decided_by__{name}" for name in AUTHOR),
)
SPEAKER = ("speaker__uid", "speaker__name")
PROPOSED = ("name", "title", "affiliation", "why_unnamed")
PROPOSAL = ("reasons", "against", "claimant")
CATEGORY = ("category__uid", "category__slug", "category__name")


def _added(representation: Any, *composed: str) -> tuple[str, ...]:
    """The columns that a representation shows as they are, besides those of every mark."""
    return tuple(name for name in representation.Meta.fields if name not in {*MARK_FIELDS, *composed})


QUOTE = _added(QuoteRepresentation, "speaker", "proposed_speaker")
CLAIM = _added(ClaimRepresentation, "project", "quote", "speaker", "same_as", "proposal", "verdict")
TAG = _added(BiasTagRepresentation, "project", "codebook", "category", "secondary")


def marks_standing(article: Article, person: Person) -> Answered:
    """The quotes, claims and bias tags of a visible article that stand, where they stand in its newest text.

    At most seven queries, however many marks there are.
    """
    asked, roles = (article.pk, article.head_id or 0, person.pk or 0), roles_of(person)
    quotes = [_named(row, QUOTE_COLUMNS) for row in _quotes(*asked, roles=roles)]
    claims = [_named(row, CLAIM_COLUMNS) for row in _claims(*asked, roles=roles)]
    tags = [_named(row, TAG_COLUMNS) for row in _tags(*asked, roles=roles)]
    verdicts = verdicts_for({row["pk"]: row["checkable"] for row in claims})
    if not is_working(person):
        verdicts = {claim: as_read(verdict) for claim, verdict in verdicts.items()}
    shared = _Shared(article)
    told = {
        "quotes": [_in_order(QuoteRepresentation, shared.of(row) | _quote(row)) for row in quotes],
        "claims": [_in_order(ClaimRepresentation, shared.of(row) | _claim(row, verdicts[row["pk"]])) for row in claims],
        "bias_tags": [_in_order(BiasTagRepresentation, shared.of(row) | _tag(row)) for row in tags],
    }
    return told if is_working(person) else _as_read(told)


def _as_read(told: dict[str, list[Answered]]) -> Answered:
    """The same without how the desk works."""
    return {
        "quotes": [{**mark, **QuoteRepresentation.kept_from_readers} for mark in told["quotes"]],
        "claims": [{**mark, **ClaimRepresentation.kept_from_readers} for mark in told["claims"]],
        "bias_tags": [{**mark, **BiasTagRepresentation.kept_from_readers} for mark in told["bias_tags"]],
    }


QUOTE_COLUMNS = ("pk", *SHARED, *SPEAKER, *(f"proposed_speaker__{name}" for name in PROPOSED), *QUOTE)
CLAIM_COLUMNS = (
    "pk",
    *SHARED,
    "project__uid",
    "quote__uid",
    *SPEAKER,
    "repeated",
    *(f"proposal__{name}" for name in PROPOSAL),
    *CLAIM,
)
TAG_COLUMNS = ("pk", *SHARED, "project__uid", "category__codebook__uid", *CATEGORY, "further", *TAG)


@written_once
def _quotes(article: int, head: int, person: int, *, roles: frozenset[str]) -> QuerySet[Quote, Any]:
    return _standing(visible_quotes(Asker(person, roles)), article, head).values_list(*QUOTE_COLUMNS)


@written_once
def _claims(article: int, head: int, person: int, *, roles: frozenset[str]) -> QuerySet[Claim, Any]:
    known = visible_claims(Asker(person, roles))
    repeated = Subquery(known.filter(pk=OuterRef("same_as")).order_by().values("uid")[:1])
    return _standing(known.annotate(repeated=repeated), article, head).values_list(*CLAIM_COLUMNS)


@written_once
def _tags(article: int, head: int, person: int, *, roles: frozenset[str]) -> QuerySet[BiasTag, Any]:
    slugs = SecondaryCategory.objects.filter(tag=OuterRef("pk")).order_by("position").values("category__slug")
    known = visible_bias_tags(Asker(person, roles)).annotate(further=ArraySubquery(slugs))
    return _standing(known, article, head).values_list(*TAG_COLUMNS)


def _standing(marks: Any, article: int, head: int) -> QuerySet[Any, Any]:
    on_head = FilteredRelation("span__current_anchors", condition=Q(span__current_anchors__revision=head))
    standing: QuerySet[Any, Any] = marks.filter(article=article).live().annotate(on_head=on_head).order_by("pk")
    return standing


def _named(row: tuple[Any, ...], columns: tuple[str, ...]) -> Answered:
    return dict(zip(columns, row, strict=True))


def _in_order(representation: Any, written: Answered) -> Answered:
    return {name: written[name] for name in representation.Meta.fields}


class _Shared:
    """Writes what every mark of one article shows."""

    def __init__(self, article: Article) -> None:
        self._article = str(article.uid)
        self._revision = {"revision": article.head.number, "text_sha256": article.head.text_sha256}
        self._zone = timezone.get_current_timezone()  # asked once: it is not cheap for each of a thousand marks

    def of(self, row: Answered) -> Answered:
        return {
            **{name: row[name] for name in OWN},
            "uid": str(row["uid"]),
            "article": self._article,
            "anchor": self._anchor(row),
            "created_by": _person(row, "created_by"),
            "created_at": self._moment(row["created_at"]),
            "decided_by": _person(row, "decided_by"),
            "decided_at": row["decided_at"] and self._moment(row["decided_at"]),
            "retracted_at": None,
        }

    def _anchor(self, row: Answered) -> Answered | None:
        """None for a mark on the whole article."""
        if row["on_head__anchor__state"] is None:
            return None
        return self._revision | {name: row[f"on_head__anchor__{name}"] for name in ANCHOR}

    def _moment(self, moment: datetime) -> str:
        """As REST framework writes it: ISO 8601 in the zone of the desk."""
        return moment.astimezone(self._zone).isoformat().replace("+00:00", "Z")


def _quote(row: Answered) -> Answered:
    return {name: row[name] for name in QUOTE} | {"speaker": _speaker(row), "proposed_speaker": _proposed(row)}


def _claim(row: Answered, verdict: ShownVerdict) -> Answered:
    return {
        **{name: row[name] for name in CLAIM},
        "project": str(row["project__uid"]),
        "quote": _uid(row["quote__uid"]),
        "speaker": _speaker(row),
        "claim_date": row["claim_date"] and row["claim_date"].isoformat(),
        "same_as": _uid(row["repeated"]),
        "proposal": _proposal(row),
        "verdict": {
            "tone": verdict.tone,
            "verdict": str(verdict.verdict),
            "rating": verdict.rating,
            "qualifiers": list(verdict.qualifiers),
            "state": str(verdict.state),
            "is_desk": verdict.is_desk,
            "stale": [str(reason) for reason in verdict.stale],
            "given_on": verdict.given_on,
            "given_as": verdict.given_as,
        },
    }


def _tag(row: Answered) -> Answered:
    return {
        **{name: row[name] for name in TAG},
        "project": str(row["project__uid"]),
        "codebook": str(row["category__codebook__uid"]),
        "category": _brief(row, "category") | {"slug": row["category__slug"], "name": row["category__name"]},
        "secondary": row["further"],
    }


def _brief(row: Answered, noun: str) -> Answered:
    return {"uid": str(row[f"{noun}__uid"])}


def _person(row: Answered, part: str) -> Answered | None:
    """As :meth:`newsdesk.models.User.__str__` names people; None for nobody."""
    if row[f"{part}__uid"] is None:
        return None
    return _brief(row, part) | {"name": str(row[f"{part}__name"] or row[f"{part}__username"])}


def _proposed(row: Answered) -> Answered | None:
    if row["proposed_speaker__name"] is None:
        return None
    return {name: row[f"proposed_speaker__{name}"] for name in PROPOSED}


def _proposal(row: Answered) -> Answered | None:
    if row["proposal__reasons"] is None:
        return None
    return {name: row[f"proposal__{name}"] for name in PROPOSAL}


def _speaker(row: Answered) -> Answered | None:
    if row["speaker__uid"] is None:
        return None
    return _brief(row, "speaker") | {"name": row["speaker__name"]}


def _uid(uid: UUID | None) -> str | None:
    return None if uid is None else str(uid)
