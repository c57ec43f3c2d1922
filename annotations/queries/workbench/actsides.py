"""Both sides of an act that cannot be undone: as it left things, and as they stand since."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from annotations.models import Claim, DeskVerdict, Evidence, FactCheck, Review, SentenceFinding
from annotations.permissions import (
    visible_claims,
    visible_desk_verdicts,
    visible_evidence,
    visible_fact_checks,
    visible_reviews,
)
from annotations.queries.desk.history import last_change, version_of
from annotations.queries.workbench.acts import ShownAct, shown_acts
from articles.models import Act, CurrentAnchor

if TYPE_CHECKING:
    from articles.permissions import Person

# Who may know of what rests on a thing: evidence may be out of a source that is kept from this person.
KNOWN: Mapping[type[Any], Callable[[Any], Any]] = {
    Claim: visible_claims,
    DeskVerdict: visible_desk_verdicts,
    Evidence: visible_evidence,
    FactCheck: visible_fact_checks,
    Review: visible_reviews,
}
# Columns that say nothing of their own.
NOT_SHOWN = frozenset(
    {"id", "uid", "version", "created_by", "created_at", "article", "span", "project", "claim", "snapshot"}
    | {"words", "terms"}
    | {"decided_by", "decided_at", "retracted_by", "detached_by", "confidence", "rule", "proposer", "proposer_version"}
)


@dataclass(frozen=True, slots=True)
class Side:
    """One field: as the act left it, and as it stands now."""

    label: str
    yours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class ShownResting:
    """Something that rests on a thing: what it is; for whoever may know of it also which, whose and since when."""

    what: str
    uid: UUID | None = None
    words: str = ""
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """An act that was not reversed, and why.

    :ivar who, at: who changed it since, and when; empty where nobody did.
    :ivar sides: the fields that are no longer as the act left them.
    :ivar resting: what rests on it since.
    :ivar reason: a sentence, where neither says why.
    """

    shown: ShownAct
    who: str = ""
    at: datetime | None = None
    newer: str = ""
    sides: Sequence[Side] = ()
    resting: Sequence[ShownResting] = ()
    reason: str = ""


def shown_conflicts(conflicts: Sequence[Any], person: Person) -> list[ShownConflict]:
    """Conflicts (:class:`annotations.operations.workbench.undo.Conflict`) as a person may read them."""
    shown = shown_acts([conflict.act for conflict in conflicts], person)
    newer = {
        each.act.pk: each.sentence
        for each in shown_acts([conflict.newer for conflict in conflicts if conflict.newer is not None], person)
    }
    return [
        _shown(conflict, act, newer.get(conflict.newer.pk, "") if conflict.newer else "", person)
        for conflict, act in zip(conflicts, shown, strict=True)
    ]


def _shown(conflict: Any, act: ShownAct, newer: str, person: Person) -> ShownConflict:
    if conflict.resting or conflict.reason:
        resting = [_resting(each, person) for each in conflict.resting]
        return ShownConflict(act, resting=resting, reason=conflict.reason)
    if conflict.newer is not None:
        who, at = str(conflict.newer.person), conflict.newer.at
    else:
        who, at = last_change(conflict.noun)
    return ShownConflict(act, who, at, newer, _sides(conflict, person))


def _resting(resting: Any, person: Person) -> ShownResting:
    if not KNOWN[type(resting.noun)](person).filter(pk=resting.noun.pk).exists():
        return ShownResting(str(resting.what))
    return ShownResting(str(resting.what), resting.noun.uid, str(resting.noun), str(resting.who), resting.at)


def _sides(conflict: Any, person: Person) -> list[Side]:
    act, noun = conflict.act, conflict.noun
    if isinstance(noun, SentenceFinding):
        said = SentenceFinding.objects.filter(reading=noun.reading_id, start=noun.start).order_by("-sequence")[0]
        return [Side(_("said"), act.after.get("finding") or "–", said.finding or "–")]
    former = version_of(noun, act.version_after)
    sides = [] if former is None else list(_fields(former, noun, person))
    moved = _moved_words(act, conflict.newer, noun)
    return [*([moved] if moved else []), *sides]


def _fields(former: Any, noun: Any, person: Person) -> Any:
    for column in noun._meta.concrete_fields:
        if column.name in NOT_SHOWN or column.generated:
            continue
        yours, theirs = getattr(former, column.attname), getattr(noun, column.attname)
        if yours != theirs:
            yield Side(str(column.verbose_name), _read(column, yours, person), _read(column, theirs, person))


def _read(column: Any, value: Any, person: Person) -> str:
    """A stored value in words; of an earlier claim, only for whoever may know of it."""
    if value in {None, ""}:
        return "–"
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if not column.is_relation:
        return str(value)
    if column.related_model is Claim:
        earlier = visible_claims(person).filter(pk=value).first()
        return str(earlier) if earlier else _("a claim you may not know of")
    return str(column.related_model._base_manager.get(pk=value))


def _moved_words(act: Act, newer: Act | None, noun: Any) -> Side | None:
    """The words, where somebody put the mark on others."""
    if newer is None or "place" not in newer.after:
        return None
    then = act.after["place"]["exact"] if "place" in act.after else newer.before["place"]["exact"]
    standing = CurrentAnchor.of(noun.span_id, noun.article.head_id).exact
    return Side(pgettext("of a mark", "words"), then, standing)
