"""Evidence on a claim: what is attached, what the search finds besides, and both in time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations.models import Claim, Evidence, Stance, Translation
from annotations.permissions import visible_evidence
from annotations.queries.desk.plots import Happening, Line, draw_line
from articles.models import Snapshot
from articles.search.narrowing import EVERYWHERE, Narrowed
from articles.search.passages import FoundPassage, find_passages

if TYPE_CHECKING:
    from articles.permissions import Person

FOUND_LIMIT = 6
LATER_LIMIT = 3
AROUND = 300  # code points of context on either side of a passage
STANCE_TONES: dict[str, str] = {Stance.SUPPORTS: "supported", Stance.REFUTES: "refuted", Stance.CONTEXT: "open"}


@dataclass(frozen=True, slots=True)
class Attached:
    """Evidence as the page numbers it, with what a reader of it must be warned of.

    :ivar translation: its newest, where somebody has made one.
    :ivar is_foreign: the source is in another language than the article.
    """

    number: int
    evidence: Evidence
    tone: str
    has_newer_snapshot: bool
    translation: Translation | None = None
    is_foreign: bool = False

    @property
    def before(self) -> str:
        """What stands before the passage in its snapshot, from the beginning of a word."""
        text, start = self.evidence.snapshot.text, self.evidence.start
        return _from_a_word(text[max(0, start - AROUND) : start]) if start > AROUND else text[:start]

    @property
    def after(self) -> str:
        """What stands after it, to the end of a word."""
        text, end = self.evidence.snapshot.text, self.evidence.end
        following = text[end : end + AROUND]
        return following.rpartition(" ")[0] if end + AROUND < len(text) else following

    @property
    def is_later(self) -> bool:
        """The source was published after the claim was made."""
        return self.evidence.published_before_claim is False


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that the search found and nobody attached. ``rank`` counts from 1 in the whole answer."""

    number: int
    rank: int
    found: FoundPassage
    is_before: bool | None

    @property
    def is_later(self) -> bool:
        return self.is_before is False


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched for, and where."""

    query: str
    narrowed: Narrowed = EVERYWHERE


@dataclass(frozen=True, slots=True)
class FoundForClaim:
    """What a search found, and what became of its words."""

    passages: Sequence[Found]
    has_words: bool
    is_cut: bool


def _from_a_word(words: str) -> str:
    return words.partition(" ")[2]


def known_evidence(claim: Claim, person: Person) -> list[Any]:
    """Every passage that was ever attached, as far as the person may know of it, each with whether there is a newer
    text of its source.
    """
    newer = Snapshot.objects.filter(source=OuterRef("snapshot__source"), number__gt=OuterRef("snapshot__number"))
    evidence: QuerySet[Any] = (
        visible_evidence(person)
        .filter(claim=claim)
        .select_related("snapshot__source", "snapshot__capture", "created_by")
        .prefetch_related(Prefetch("translations", queryset=Translation.objects.select_related("created_by")))
        .annotate(has_newer=Exists(newer))
        .order_by("created_at", "pk")
    )
    return list(evidence)


def attached_of(evidence: Iterable[Any], claim: Claim) -> list[Attached]:
    """What is still attached, numbered."""
    attached = []
    for number, each in enumerate((each for each in evidence if each.detached_at is None), start=1):
        each.claim = claim
        translation = next(reversed(each.translations.all()), None)
        is_foreign = _language(each.snapshot.source.language) != _language(claim.article.language)
        attached.append(Attached(number, each, STANCE_TONES[each.stance], each.has_newer, translation, is_foreign))
    return attached


def _language(tag: str) -> str:
    """The language of a tag; texts that say none are read as English, the language of the desk."""
    return tag.split("-")[0].lower() or "en"


def found_for(claim: Claim, person: Person, asked: Searched, attached: Sequence[Attached]) -> FoundForClaim:
    """Passages that the search finds, without those that are evidence already.

    Best first, and those published after the claim, of which there are few, after all others. Each keeps the place that
    it has by its score alone.
    """
    places = {(each.evidence.snapshot_id, each.evidence.start) for each in attached}
    are_later_asked_for = asked.narrowed.published_from is not None
    answer = find_passages(
        asked.query,
        person=person,
        language=claim.article.language,
        narrowed=asked.narrowed,
        limit=FOUND_LIMIT + len(places),
        said_on=None if are_later_asked_for else claim.claim_date,
        later=LATER_LIMIT + len(places),
    )
    open_ones = [hit for hit in answer.passages if (hit.passage.snapshot_id, hit.passage.start) not in places]
    earlier = [hit for hit in open_ones if not _is_later(hit, claim)][:FOUND_LIMIT]
    later = [hit for hit in open_ones if _is_later(hit, claim)]
    later = later[: FOUND_LIMIT if are_later_asked_for else LATER_LIMIT]
    found = [
        Found(number, hit.rank, hit, _is_before(hit.passage.snapshot.source.published_date, claim.claim_date))
        for number, hit in enumerate([*earlier, *later], start=len(attached) + 1)
    ]
    return FoundForClaim(found, has_words=answer.has_words, is_cut=answer.is_cut)


def _is_later(hit: FoundPassage, claim: Claim) -> bool:
    return _is_before(hit.passage.snapshot.source.published_date, claim.claim_date) is False


def _is_before(published: Any, said: Any) -> bool | None:
    return None if published is None or said is None else published <= said


def line_of(claim: Claim, attached: Sequence[Attached], found: Sequence[Found]) -> Line | None:
    """Sources in time. What is attached has the sign of its stance; what was only found is an open ring."""
    happenings = [
        _happening(each.number, each.evidence.snapshot.source, each.tone, each.evidence.get_stance_display())
        for each in attached
        if each.evidence.snapshot.source.published_date
    ]
    happenings += [
        _happening(each.number, each.found.passage.snapshot.source, "open", _("not attached"))
        for each in found
        if each.found.passage.snapshot.source.published_date
    ]
    return draw_line(happenings, claim.claim_date)


def _happening(number: int, source: Any, tone: str, what: str) -> Happening:
    day = date_format(source.published_date, "j F Y")
    title = f"{number}: {source.publisher or source.title}, {day}, {what}"
    return Happening(source.published_date, str(number), tone, title)
