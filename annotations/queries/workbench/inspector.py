"""What the inspector says of one mark, besides what the workbench knows of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.models import BiasExample, BiasTag, CheckState, Claim, ClaimType, Evidence
from annotations.permissions import visible_evidence
from annotations.queries.checking.matching import Match, matches_of
from annotations.queries.checking.restating import proposed_restatement
from annotations.queries.checking.wording import sources_without_wording
from annotations.queries.workbench.elsewhere import ShownElsewhere, ShownElsewheres, show_elsewhere
from annotations.queries.workbench.marks import ShownClaim, ShownMark, ShownQuote
from annotations.queries.workbench.suggestions import RuleRecord, record_of
from annotations.restating import Restatement
from articles.models import ProposedSpeaker, Quote, QuoteKind
from articles.permissions import WORKING, roles_of
from articles.search.proposed import may_be_meant, who_is_proposed
from articles.search.speakers import Candidate, Resolution

if TYPE_CHECKING:
    from annotations.queries.workbench.page import Workbench
    from articles.permissions import Person

# Which of the seven ticks a check has reached.
STEPS = {state: step for step, state in enumerate(CheckState.values[:7], start=1)}

# The rest stands on a page of its own.
MOST_ELSEWHERE = 3
MOST_MATCHES = 3


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One link from the sentence to the correction."""

    name: str
    text: str
    done: bool
    href: str = ""


@dataclass(frozen=True, slots=True)
class Inspected:
    """The selected mark: as it is shown, as it is stored, and what hangs on it."""

    shown: ShownMark
    noun: Any
    sentence: int | None
    previous: ShownMark | None
    following: ShownMark | None
    same_words: Sequence[ShownMark]
    evidence: Sequence[Evidence] = ()
    chain: Sequence[ChainLink] = ()
    step: int = 0
    state_name: str = ""
    wording_not_found: int | None = None
    matches: Sequence[Match] = ()
    restatement: Restatement | None = None
    may_be_claimed: bool = False
    secondary: Sequence[str] = ()
    is_example: bool = False
    claims_made: Sequence[ShownMark] = ()
    elsewhere: Sequence[ShownElsewhere] = ()
    elsewhere_count: int = 0
    record: RuleRecord | None = None
    proposed: ProposedSpeaker | None = None
    meant: Resolution | None = None

    @property
    def offered(self) -> Sequence[Candidate]:
        """The speakers who may be meant where none is certain, the likeliest first."""
        return [each for each in self.meant.candidates if may_be_meant(each)] if self.meant else ()

    @property
    def sure(self) -> int | None:
        """How sure a suggestion is, in hundredths."""
        return None if self.noun.confidence is None else round(100 * self.noun.confidence)


def inspect(bench: Workbench, mark: ShownMark, person: Person) -> Inspected:
    """Load the details of one mark of the workbench."""
    previous, following = bench.neighbours(mark)
    facts: dict[str, Any] = {
        "shown": mark,
        "sentence": None if mark.start is None else bench.sentence_of(mark) + 1,
        "previous": previous,
        "following": following,
        "same_words": bench.on_same_words(mark),
    }
    if isinstance(mark, ShownClaim):
        return _inspect_claim(bench, mark, facts, person)
    if isinstance(mark, ShownQuote):
        return _inspect_quote(bench, mark, facts, person)
    return _inspect_tag(mark, facts)


def _inspect_quote(bench: Workbench, mark: ShownQuote, facts: dict[str, Any], person: Person) -> Inspected:
    noun = Quote.objects.select_related("speaker__merged_into", "created_by", "article").get(pk=mark.pk)
    if mark.is_suggested:
        facts |= _proposal(noun, person)
    made = set(Claim.objects.live().decided().filter(quote=noun).values_list("uid", flat=True))
    # What stands elsewhere is compared with the newest words, and is the desk's to know.
    is_compared = bool(roles_of(person) & WORKING) and bench.revision.pk == bench.article.head_id
    elsewhere = show_elsewhere(noun, person=person, most=MOST_ELSEWHERE) if is_compared else ShownElsewheres()
    claimed = {claim.claim_type for claim in bench.marks.claims if claim.uid in made}
    return Inspected(
        noun=noun,
        may_be_claimed=is_direct(mark) and not claimed >= {ClaimType.QUOTE_WORDING, ClaimType.QUOTE_ATTRIBUTION},
        claims_made=[claim for claim in bench.marks.claims if claim.uid in made],
        elsewhere=elsewhere.shown,
        elsewhere_count=elsewhere.count,
        **facts,
    )


def is_direct(mark: ShownQuote) -> bool:
    """Whether the words of a quote can be checked for being the words."""
    return mark.kind == QuoteKind.DIRECT and not mark.is_suggested and mark.start is not None


def _proposal(noun: Quote, person: Person) -> dict[str, Any]:
    """What speaks for a suggested quote, and whom its speaker may be; at most five queries."""
    proposed = ProposedSpeaker.objects.filter(quote=noun).first()
    is_open = proposed is not None and bool(proposed.name) and noun.speaker_id is None
    return {
        "record": record_of(noun, person),
        "proposed": proposed,
        "meant": who_is_proposed(noun, proposed, person=person) if proposed and is_open else None,
    }


def _inspect_tag(mark: ShownMark, facts: dict[str, Any]) -> Inspected:
    is_example = Exists(BiasExample.objects.filter(tag=OuterRef("pk"), category=OuterRef("category")))
    tags = BiasTag.objects.select_related("category__codebook", "created_by").annotate(is_example=is_example)
    noun = tags.get(pk=mark.pk)
    secondary = list(noun.secondary.values_list("category__name", flat=True))
    return Inspected(noun=noun, secondary=secondary, is_example=noun.is_example, **facts)


def _inspect_claim(bench: Workbench, mark: ShownClaim, facts: dict[str, Any], person: Person) -> Inspected:
    related = ("article", "speaker__merged_into", "created_by", "proposal", "quote__speaker")
    noun = Claim.objects.select_related(*related).get(pk=mark.pk)
    if mark.is_suggested:
        facts |= {"record": record_of(noun, person)}
    evidence = list(
        visible_evidence(person)
        .filter(claim=noun, detached_at=None)
        .select_related("snapshot__source", "claim")
        .order_by("pk")
    )
    state = mark.verdict.state
    is_current = bool(roles_of(person) & WORKING) and bench.revision.pk == bench.article.head_id
    return Inspected(
        noun=noun,
        evidence=evidence,
        chain=_chain(mark, facts["sentence"], len(evidence), noun.desk_verdicts.count()),
        step=STEPS.get(state, 0),
        matches=matches_of(noun, person)[:MOST_MATCHES] if is_current and not mark.is_suggested else (),
        restatement=proposed_restatement(noun, bench.revision) if is_current else None,
        wording_not_found=sources_without_wording(noun, mark.verdict, person),
        state_name=str(CheckState(state).label) if state else _("Not begun"),
        **facts,
    )


def _chain(mark: ShownClaim, sentence: int | None, passages: int, desk_verdicts: int) -> list[ChainLink]:
    address = reverse("annotations:claim", kwargs={"uid": mark.uid})
    corrections = max(desk_verdicts - 1, 0)
    return [
        ChainLink(_("Sentence"), str(sentence) if sentence else _("no place"), sentence is not None),
        ChainLink(_("Claim"), mark.label, True, address),
        ChainLink(_("Passages"), str(passages) if passages else _("none yet"), passages > 0),
        ChainLink(_("Verdict"), mark.verdict.rating or _("none yet"), bool(mark.verdict.verdict)),
        ChainLink(_("Correction"), str(corrections) if corrections else _("none yet"), corrections > 0),
    ]
