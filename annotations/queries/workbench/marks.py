"""The marks of one revision, as pages draw and list them: few queries, however many marks there are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber

from annotations.highlighting import Layer
from annotations.models import BiasTag, Claim, ClaimantKind, Level, Reading
from annotations.permissions import visible_bias_tags, visible_claims
from annotations.queries.checking.verdicts import ShownVerdict, verdicts_for
from articles.anchoring.text import sentences
from articles.models import AnchorState, CurrentAnchor, Mark, Origin, Quote, Revision
from articles.models.statement import written_once
from articles.permissions import WORKING, roles_of

if TYPE_CHECKING:
    from articles.permissions import Person

VOICES = 6
EXAMPLES = 2
LONGEST_EXAMPLE = 60
LETTERS: dict[type[Mark], str] = {Quote: "Q", Claim: "C", BiasTag: "B"}
MOVED = frozenset({"moved", "moved_fragment"})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a mark stands in the revision: code points, half-open; no offsets when it has no place there."""

    span: int
    start: int | None
    end: int | None
    exact: str
    state: str
    reason: str

    @property
    def fate(self) -> str:
        """What became of it since it was made: kept, moved, look (needs one) or lost (without a place)."""
        if self.state == AnchorState.ORPHANED:
            return "lost"
        if self.state == AnchorState.NEEDS_REVIEW:
            return "look"
        return "moved" if self.reason in MOVED else "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMark:
    """What every mark shows. ``standing`` is None for a tag on the whole article."""

    layer: ClassVar[Layer]

    pk: int
    uid: UUID
    label: str
    standing: Standing | None
    is_suggested: bool

    @property
    def start(self) -> int | None:
        return self.standing.start if self.standing else None

    @property
    def end(self) -> int | None:
        return self.standing.end if self.standing else None

    @property
    def uid_text(self) -> str:
        """The uid as it stands in addresses."""
        return str(self.uid)

    @property
    def needs_look(self) -> bool:
        return self.standing is not None and self.standing.fate == "look"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuote(ShownMark):
    """A quote. ``voice`` is the speaker's number by first appearance, 1 to 6 and round again; 0 is unknown."""

    layer = "quote"

    kind: str
    speaker: int | None
    speaker_uid: UUID | None
    name: str
    voice: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClaim(ShownMark):
    layer = "claim"

    canonical: str
    claim_type: str
    claimant_kind: str
    claimant: str
    checkable: str
    verdict: ShownVerdict
    confidence: float | None = None

    @property
    def score(self) -> int:
        """How much a suggested one is worth checking, in hundredths."""
        return round(100 * (self.confidence or 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTag(ShownMark):
    layer = "bias"

    category: str
    severity: int
    note: str


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks in the text, with the number of their quotes."""

    number: int
    name: str
    speaker_uid: UUID | None
    quotes: int
    initials: str


@dataclass(frozen=True, slots=True)
class ShownMarks:
    """The live marks of a revision that somebody may see, each kind in the order of the text."""

    quotes: Sequence[ShownQuote]
    claims: Sequence[ShownClaim]
    tags: Sequence[ShownTag]

    def __iter__(self) -> Iterator[ShownMark]:
        yield from self.quotes
        yield from self.claims
        yield from self.tags

    def find(self, name: str) -> ShownMark | None:
        """The mark with this uid or label; None when there is none."""
        return next((mark for mark in self if name in {mark.label, mark.uid_text}), None)


@lru_cache(maxsize=256)
def sentences_of(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a stored text stand. Stored texts never change, so the answer is kept."""
    return tuple(sentences(text))


def sentence_at(spans: Sequence[tuple[int, int]], offset: int) -> int:
    """The index of the sentence an offset lies in; between two sentences, of the one before."""
    return max(bisect_right(spans, (offset, offset + 1_000_000_000)) - 1, 0)


def initials_of(name: str) -> str:
    """Two letters for a badge: first and last name's, or the first two of a single word; ?? without a name."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return name[:2].upper() or "??"
    return (words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]).upper()


def marks_of(revision: Revision, person: Person) -> ShownMarks:
    """The marks of the everyday desk that stand, or once stood, in ``revision``.

    Marks made on a later revision are left out: they have no anchor on this one. Labels count every mark of
    the article that was ever made, so a label never passes on to another mark.
    """
    standings = _standings(revision)
    return ShownMarks(
        quotes=_quotes(revision, standings),
        claims=_claims(revision, standings, person),
        tags=_tags(revision, standings, person),
    )


def _standings(revision: Revision) -> dict[int, Standing]:
    return {row[0]: Standing(*row) for row in _standing_rows(revision.pk)}


@written_once
def _standing_rows(revision: int) -> QuerySet[CurrentAnchor, Any]:
    return CurrentAnchor.objects.filter(revision=revision).values_list(
        "span_id", "anchor__start", "anchor__end", "anchor__exact", "anchor__state", "anchor__reason"
    )


def _numbered() -> Window:
    return Window(RowNumber(), order_by="pk")


def _is_live(origin: str, retracted_at: object) -> bool:
    return retracted_at is None and origin != Origin.REJECTED


def _in_text_order(marks: Iterable[Any]) -> list[Any]:
    """By place; those without one last."""
    return sorted(marks, key=lambda mark: (mark.start is None, mark.start or 0, mark.end or 0, mark.pk))


@written_once
def _quote_rows(article: int) -> QuerySet[Quote, Any]:
    rows: QuerySet[Quote, Any] = (
        Quote.objects.filter(article=article)
        .annotate(
            number=_numbered(),
            speaker_now=Coalesce("speaker__merged_into", "speaker"),
            uid_now=Coalesce("speaker__merged_into__uid", "speaker__uid"),
            name_now=Coalesce("speaker__merged_into__name", "speaker__name"),
        )
        .values_list(
            "pk",
            "uid",
            "number",
            "span_id",
            "origin",
            "retracted_at",
            "kind",
            "speaker_now",
            "uid_now",
            "name_now",
            "mention",
        )
    )
    return rows


def _quotes(revision: Revision, standings: dict[int, Standing]) -> list[ShownQuote]:
    rows = _quote_rows(revision.article_id)
    live = [row for row in rows if _is_live(row[4], row[5]) and row[3] in standings]
    live.sort(key=lambda row: (standings[row[3]].start is None, standings[row[3]].start or 0, row[0]))
    voices: dict[int, int] = {}
    return [
        ShownQuote(
            pk=pk,
            uid=uid,
            label=f"Q{number}",
            standing=standings[span],
            is_suggested=origin == Origin.SUGGESTED,
            kind=kind,
            speaker=speaker,
            speaker_uid=speaker_uid,
            name=name or mention,
            voice=0 if speaker is None else voices.setdefault(speaker, len(voices) % VOICES + 1),
        )
        for pk, uid, number, span, origin, _, kind, speaker, speaker_uid, name, mention in live
    ]


@written_once
def _claim_rows(article: int) -> QuerySet[Claim, Any]:
    return _claim_columns(Claim.objects.filter(article=article, project__is_default=True))


def _claim_columns(claims: QuerySet[Claim]) -> QuerySet[Claim, Any]:
    rows: QuerySet[Claim, Any] = claims.annotate(
        number=_numbered(), name_now=Coalesce("speaker__merged_into__name", "speaker__name")
    ).values_list(
        "pk",
        "uid",
        "number",
        "span_id",
        "origin",
        "retracted_at",
        "canonical",
        "claim_type",
        "claimant_kind",
        "name_now",
        "checkable",
        "confidence",
    )
    return rows


def _claims(revision: Revision, standings: dict[int, Standing], person: Person) -> list[ShownClaim]:
    rows = _claim_rows(revision.article_id)
    if not roles_of(person) & WORKING:
        public = set(visible_claims(person).filter(article=revision.article_id).values_list("pk", flat=True))
        rows = [row for row in rows if row[0] in public]
    return _shown_claims(rows, standings)


def _shown_claims(rows: Iterable[Any], standings: dict[int, Standing]) -> list[ShownClaim]:
    live = [row for row in rows if _is_live(row[4], row[5]) and row[3] in standings]
    verdicts = verdicts_for({row[0]: row[10] for row in live}) if live else {}
    return _in_text_order(
        ShownClaim(
            pk=pk,
            uid=uid,
            label=f"C{number}",
            standing=standings[span],
            is_suggested=origin == Origin.SUGGESTED,
            canonical=canonical,
            claim_type=claim_type,
            claimant_kind=claimant_kind,
            claimant=name if claimant_kind == ClaimantKind.SPEAKER else "",
            checkable=checkable,
            verdict=verdicts[pk],
            confidence=score,
        )
        for pk, uid, number, span, origin, _, canonical, claim_type, claimant_kind, name, checkable, score in live
    )


@written_once
def _tag_rows(article: int) -> QuerySet[BiasTag, Any]:
    return _tag_columns(BiasTag.objects.filter(article=article, project__is_default=True))


def _tag_columns(tags: QuerySet[BiasTag]) -> QuerySet[BiasTag, Any]:
    rows: QuerySet[BiasTag, Any] = tags.annotate(number=_numbered()).values_list(
        "pk", "uid", "number", "span_id", "origin", "retracted_at", "category__name", "severity", "note"
    )
    return rows


def _tags(revision: Revision, standings: dict[int, Standing], person: Person) -> list[ShownTag]:
    return _shown_tags(_tag_rows(revision.article_id), standings) if roles_of(person) & WORKING else []


def _shown_tags(rows: Iterable[Any], standings: dict[int, Standing]) -> list[ShownTag]:
    return _in_text_order(
        ShownTag(
            pk=pk,
            uid=uid,
            label=f"B{number}",
            standing=standings.get(span),
            is_suggested=origin == Origin.SUGGESTED,
            category=category,
            severity=severity,
            note=note,
        )
        for pk, uid, number, span, origin, retracted_at, category, severity, note in rows
        if _is_live(origin, retracted_at) and (span is None or span in standings)
    )


def marks_of_reading(reading: Reading) -> ShownMarks:
    """What one reader marked in one text of a study, where it stands on the pinned revision.

    Labels count what this reader made there, so that they say nothing of anybody else's.
    """
    of_reader = {
        "article": reading.revision.article_id,
        "project": reading.project_id,
        "created_by": reading.created_by_id,
    }
    standings = _standings(reading.revision)
    return ShownMarks(
        quotes=[],
        claims=_shown_claims(_claim_columns(Claim.objects.filter(**of_reader)), standings),
        tags=_shown_tags(_tag_columns(BiasTag.objects.filter(**of_reader)), standings),
    )


def quote_around(revision: Revision, start: int, end: int) -> Quote | None:
    """The shortest quote that was decided and holds all of these words; None where there is none."""
    around = (
        Quote.objects.live()
        .exclude(origin=Origin.SUGGESTED)
        .filter(
            article=revision.article_id,
            span__current_anchors__revision=revision,
            span__current_anchors__anchor__start__lte=start,
            span__current_anchors__anchor__end__gte=end,
        )
        .select_related("speaker__merged_into")
    )
    return around.order_by(F("span__current_anchors__anchor__end") - F("span__current_anchors__anchor__start")).first()


def examples_of(person: Person) -> dict[int, list[str]]:
    """The words that were tagged last with each category, at most a few each, by the category's key."""
    tags = visible_bias_tags(person).live().exclude(origin=Origin.SUGGESTED).filter(level=Level.SPAN)
    numbered = tags.filter(span__current_anchors__revision=F("article__head")).annotate(
        age=Window(RowNumber(), partition_by="category", order_by="-pk"),
        words=F("span__current_anchors__anchor__exact"),
    )
    found: dict[int, list[str]] = {}
    for category, words in numbered.filter(age__lte=EXAMPLES).order_by("age").values_list("category_id", "words"):
        if len(words) <= LONGEST_EXAMPLE and words not in found.setdefault(category, []):
            found[category].append(words)
    return found


def label_of(mark: Mark) -> str:
    """The label by which people know a mark: its layer's letter and its number among all of its kind in the article.

    In a study it is the number among those that its reader made there.
    """
    kind: Any = type(mark)
    alike = kind.objects.filter(article=mark.article_id, pk__lte=mark.pk)  # type: ignore[attr-defined]
    project = getattr(mark, "project_id", None)
    if project is not None:
        own = Q(created_by=mark.created_by_id)
        alike = alike.filter(Q(project__is_default=True) | own, project=project)
    number = alike.count()
    return f"{LETTERS[kind]}{number}"


def voices_of(quotes: Collection[ShownQuote]) -> list[Voice]:
    """Who speaks, in the order in which they first do; the unknown last."""
    counts: dict[tuple[int, str, UUID | None], int] = {}
    for quote in quotes:
        key = (quote.voice, quote.name, quote.speaker_uid)
        counts[key] = counts.get(key, 0) + 1
    found = [Voice(*key, count, initials_of(key[1])) for key, count in counts.items()]
    return sorted(found, key=lambda voice: voice.speaker_uid is None)
