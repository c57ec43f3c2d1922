"""The page of a claim: where it is said, what stored sources say, who judged it how, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations.highlighting import LayerMark, runs_html
from annotations.models import (
    CheckState,
    Claim,
    Decision,
    DeskVerdict,
    Evidence,
    FactCheck,
    RestingOn,
    Review,
    Risk,
    Stance,
    Verdict,
)
from annotations.permissions import (
    visible_claims,
    visible_desk_verdicts,
    visible_evidence,
    visible_fact_checks,
)
from annotations.queries.claims import verdicts_shown, with_numbers
from annotations.queries.marks import sentence_at, sentences_of
from annotations.queries.plots import Happening, Line, draw_line
from annotations.queries.reading import works_here
from annotations.queries.verdicts import TONES, ShownVerdict
from articles.models import Anchor, AnchorState, CurrentAnchor, Snapshot
from articles.permissions import visible_sources
from articles.search.passages import FoundPassage, find_passages

if TYPE_CHECKING:
    from articles.permissions import Person

FOUND_LIMIT = 6
VERBATIM = frozenset({"capture", "transcript"})
STANCE_TONES: dict[str, str] = {Stance.SUPPORTS: "supported", Stance.REFUTES: "refuted", Stance.CONTEXT: "open"}
# Filled ticks of the seven, as far as a check has come.
STEPS: dict[str, int] = {
    CheckState.PROPOSED: 1,
    CheckState.ASSIGNED: 2,
    CheckState.GATHERING: 3,
    CheckState.DRAFTED: 4,
    CheckState.IN_REVIEW: 5,
    CheckState.APPROVED: 6,
    CheckState.PUBLISHED: 7,
    CheckState.CORRECTED: 7,
    CheckState.WITHDRAWN: 0,
}


@dataclass(frozen=True, slots=True)
class Said:
    """Where the words of a claim stand in the newest text. Offsets in code points; sentences count from 1.

    ``html`` is the sentence with the words marked, escaped; empty when the words stand nowhere any more.
    """

    anchor: Anchor
    html: str
    sentence: int
    sentences: int
    revision: int
    unchanged_since: int

    @property
    def is_placed(self) -> bool:
        return self.anchor.start is not None


@dataclass(frozen=True, slots=True)
class Attached:
    """Evidence as the page numbers it, with what a reader of it must be warned of."""

    number: int
    evidence: Evidence
    tone: str
    has_newer_snapshot: bool

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
class Link:
    """One link of the chain from the sentence to the correction."""

    name: str
    text: str
    done: bool
    href: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that must hold before a verdict is published."""

    text: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class CheckCard:
    """A checker's verdict with the reviews it got. ``approvals`` count for the version that stands."""

    check: FactCheck
    tone: str
    reviews: tuple[Review, ...]
    approvals: int
    needed: int
    decided: bool
    requirements: tuple[Requirement, ...]

    @property
    def missing(self) -> tuple[Requirement, ...]:
        """What must still be done before this verdict is published."""
        return tuple(each for each in self.requirements if not each.is_met)


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """All a page of a claim shows, in the order in which it shows it."""

    claim: Any
    label: str
    shown: ShownVerdict
    said: Said
    repeats: Sequence[Claim]
    attached: Sequence[Attached]
    found: Sequence[Found]
    query: str
    searched: int
    line: Line | None
    checks: Sequence[CheckCard]
    published: Sequence[DeskVerdict]
    chain: Sequence[Link]

    @property
    def disagree(self) -> bool:
        """Whether live checks come to different verdicts."""
        return len({card.check.verdict for card in self.checks if card.check.verdict}) > 1


def claim_to_show(person: Person) -> QuerySet[Any]:
    """The claims a person may open, each with all that its page needs of other tables, and its number."""
    related = ("article__head", "speaker", "quote__speaker", "created_by", "same_as", "project", "retracted_by")
    return with_numbers(Claim.objects.filter(pk__in=visible_claims(person).values("pk"))).select_related(*related)


def build_claim_page(claim: Any, *, person: Person, query: str = "") -> ClaimPage:
    """Assemble the page for one person: nothing on it that they may not know of.

    :param claim: one of :func:`claim_to_show`.
    :param query: words to search the stored sources with; the restatement unless given.
    """
    label = f"C{claim.number}"
    shown = verdicts_shown([claim.pk], person)[claim.pk]
    said = said_in(claim, label, shown)
    attached = _attached(claim, person)
    query = query.strip() or claim.canonical
    found = _found(claim, person, query, attached)
    checks = _checks(claim, person, attached)
    published = list(
        visible_desk_verdicts(person).filter(claim=claim).select_related("rating", "created_by").order_by("-number")
    )
    return ClaimPage(
        claim=claim,
        label=label,
        shown=shown,
        said=said,
        repeats=_repeats(claim, person),
        attached=attached,
        found=found,
        query=query,
        searched=visible_sources(person).count(),
        line=_line(claim, attached, found),
        checks=checks,
        published=published,
        chain=_chain(claim, label, shown, said, attached, checks, published, is_read_only=not works_here(person)),
    )


def said_in(claim: Any, label: str, shown: ShownVerdict) -> Said:
    """Find the sentence that a claim's words stand in, and since which revision they stand unchanged."""
    head = claim.article.head
    anchor = CurrentAnchor.of(claim.span_id, head.pk)
    spans = sentences_of(head.text)
    if anchor.start is None or anchor.end is None:
        return Said(anchor, "", 0, len(spans), head.number, head.number)
    first, last = sentence_at(spans, anchor.start), sentence_at(spans, anchor.end - 1)
    mark = LayerMark(label, "claim", anchor.start, anchor.end, f"c is-{shown.tone}", 0)
    html = runs_html(head.text, [mark], start=spans[first][0], end=spans[last][1])
    return Said(anchor, html, first + 1, len(spans), head.number, _unchanged_since(claim, anchor))


def _unchanged_since(claim: Claim, anchor: Anchor) -> int:
    standing = CurrentAnchor.objects.filter(span=claim.span_id).order_by("-revision__number")
    since = 0
    for number, words in standing.values_list("revision__number", "anchor__exact"):
        if words != anchor.exact:
            break
        since = number
    return since


def _repeats(claim: Any, person: Person) -> list[Claim]:
    """Other claims that say the same: the earlier one it names, and all that name either."""
    origin = claim.same_as_id or claim.pk
    same = visible_claims(person).filter(same_as=origin) | visible_claims(person).filter(pk=origin)
    return list(same.exclude(pk=claim.pk).live().select_related("article__head").order_by("created_at")[:20])


def _attached(claim: Claim, person: Person) -> list[Attached]:
    newer = Snapshot.objects.filter(source=OuterRef("snapshot__source"), number__gt=OuterRef("snapshot__number"))
    evidence: QuerySet[Any] = (
        visible_evidence(person)
        .filter(claim=claim, detached_at=None)
        .select_related("snapshot__source", "created_by")
        .annotate(has_newer=Exists(newer))
        .order_by("created_at", "pk")
    )
    attached = []
    for number, each in enumerate(evidence, start=1):
        each.claim = claim
        attached.append(Attached(number, each, STANCE_TONES[each.stance], each.has_newer))
    return attached


def _found(claim: Claim, person: Person, query: str, attached: Sequence[Attached]) -> list[Found]:
    """Passages that the search finds, without those that are evidence already."""
    places = {(each.evidence.snapshot_id, each.evidence.start) for each in attached}
    ranked = enumerate(find_passages(query, person=person, limit=FOUND_LIMIT + len(places)), start=1)
    open_ones = [(rank, hit) for rank, hit in ranked if (hit.passage.snapshot_id, hit.passage.start) not in places]
    return [
        Found(number, rank, hit, _is_before(hit.passage.snapshot.source.published_date, claim.claim_date))
        for number, (rank, hit) in enumerate(open_ones[:FOUND_LIMIT], start=len(attached) + 1)
    ]


def _is_before(published: Any, said: Any) -> bool | None:
    return None if published is None or said is None else published <= said


def _line(claim: Claim, attached: Sequence[Attached], found: Sequence[Found]) -> Line | None:
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


def _checks(claim: Any, person: Person, attached: Sequence[Attached]) -> list[CheckCard]:
    checks = (
        visible_fact_checks(person)
        .filter(claim=claim)
        .exclude(state=CheckState.WITHDRAWN)
        .select_related("checker", "rating", "anchor_seen")
        .prefetch_related("reviews__created_by")
        .order_by("created_at", "pk")
    )
    needed = 2 if claim.risk == Risk.HIGH else 1
    cards = []
    for check in checks:
        check.claim = claim
        cards.append(_card(check, needed, attached, person))
    return cards


def _card(check: FactCheck, needed: int, attached: Sequence[Attached], person: Person) -> CheckCard:
    reviews = tuple(check.reviews.all())
    standing = [review for review in reviews if review.version_seen == check.version]
    approved = [review for review in reviews if review.decision == Decision.APPROVE]
    # Approval itself raises the version, so an approved check counts the reviews of the version before.
    settled = check.state in {CheckState.APPROVED, CheckState.PUBLISHED, CheckState.CORRECTED}
    approvals = needed if settled else sum(review in standing for review in approved)
    return CheckCard(
        check=check,
        tone=TONES.get(check.verdict, "open"),
        reviews=reviews,
        approvals=approvals,
        needed=needed,
        decided=any(review.created_by_id == person.pk for review in standing),
        requirements=_requirements(check, attached, approvals, needed),
    )


def _requirements(
    check: FactCheck, attached: Sequence[Attached], approvals: int, needed: int
) -> tuple[Requirement, ...]:
    """What the laws of publishing ask of this check, in the words of the desk."""
    reviewers = Requirement(
        _("Second persons who agree: %(approvals)s of %(needed)s") % {"approvals": approvals, "needed": needed},
        approvals >= needed,
    )
    reason = Requirement(_("A rating, and a reason written for readers"), bool(check.rating_id and check.reason))
    if check.verdict == Verdict.NOT_ENOUGH_EVIDENCE:
        searched = Requirement(
            _("A logged search of the stored sources, or a passage"), bool(check.search_log or attached)
        )
        return searched, reason, reviewers
    publishers = {each.evidence.snapshot.source.publisher or each.evidence.snapshot.source_id for each in attached}
    return (
        Requirement(_("A passage with its stance and its place"), bool(attached)),
        Requirement(
            _("A capture or a transcript, not only paraphrases and notes"),
            any(each.evidence.snapshot.is_verbatim for each in attached),
        ),
        Requirement(
            _("Two independent sources, or the reason why one suffices"),
            len(publishers) > 1 or bool(check.one_source_reason.strip()),
        ),
        reason,
        reviewers,
    )


def _chain(
    claim: Any,
    label: str,
    shown: ShownVerdict,
    said: Said,
    attached: Sequence[Attached],
    checks: Sequence[CheckCard],
    published: Sequence[DeskVerdict],
    *,
    is_read_only: bool,
) -> list[Link]:
    """The chain; readers see no sources, so nothing is said to them of passages."""
    return [
        _sentence_link(said),
        Link(_("Claim"), f"{label}, {claimant_of(claim)}", True),
        *([] if is_read_only else [_passages_link(attached)]),
        _verdict_link(shown, checks),
        _correction_link(published),
    ]


def _sentence_link(said: Said) -> Link:
    if not said.is_placed:
        return Link(_("Sentence"), _("without a place in revision %(number)s") % {"number": said.revision}, False)
    where = {"sentence": said.sentence, "sentences": said.sentences, "number": said.revision}
    text = _("%(sentence)s of %(sentences)s, revision %(number)s") % where
    return Link(_("Sentence"), text, said.anchor.state == AnchorState.ANCHORED)


def _passages_link(attached: Sequence[Attached]) -> Link:
    if not attached:
        return Link(_("Passages"), _("none attached yet"), False, "#evidence")
    named = ", ".join(f"{each.number} {each.evidence.get_stance_display().lower()}" for each in attached[:3])
    more = " …" if len(attached) > 3 else ""
    return Link(_("Passages"), named + more, True, "#evidence")


def _verdict_link(shown: ShownVerdict, checks: Sequence[CheckCard]) -> Link:
    if not shown.verdict:
        return Link(_("Verdict"), _("none yet"), False)
    name = shown.rating or str(Verdict(shown.verdict).label)
    waiting = next((card for card in checks if card.check.state == CheckState.IN_REVIEW), None)
    if shown.is_desk or waiting is None:
        return Link(_("Verdict"), name, True)
    reviews = {"verdict": name, "approvals": waiting.approvals, "needed": waiting.needed}
    return Link(_("Verdict"), _("%(verdict)s, %(approvals)s of %(needed)s reviews") % reviews, True)


def _correction_link(published: Sequence[DeskVerdict]) -> Link:
    if not published:
        return Link(_("Correction"), _("not published yet"), False)
    newest = published[0]
    if newest.number == 1:
        return Link(_("Correction"), _("published, none needed so far"), True, "#published")
    return Link(_("Correction"), date_format(newest.created_at, "j F Y"), True, "#published")


def claimant_of(claim: Any) -> str:
    """Who makes the claim, in words."""
    return claim.speaker.name if claim.speaker else str(claim.get_claimant_kind_display())


def own_check(claim: Claim, person: Person) -> FactCheck | None:
    """The open check that this person is the checker of; what was published is corrected by a new one."""
    theirs = FactCheck.objects.filter(claim=claim, checker_id=person.pk).still_open()
    return theirs.select_related("rating").first()


def grounds_of(published: Sequence[DeskVerdict]) -> dict[int, list[RestingOn]]:
    """The checks each verdict of the desk rests on, by its key."""
    grounds: dict[int, list[RestingOn]] = {}
    resting = RestingOn.objects.filter(desk_verdict__in=published).select_related("fact_check__checker")
    for ground in resting.order_by("pk"):
        grounds.setdefault(ground.desk_verdict_id, []).append(ground)
    return grounds
