"""The inverse of every act, as the operation that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet

from annotations.models import BiasCategory, SentenceFinding
from annotations.operations.checking.claims import change_claim, restore_claim, retract_claim
from annotations.operations.checking.evidence import attach_again, change_stance, detach_evidence
from annotations.operations.studies.readings import say_again
from annotations.operations.workbench.bias import change_tag, restore_tag, retract_tag
from annotations.permissions import (
    all_visible_claims,
    all_visible_tags,
    visible_evidence,
    visible_readings,
)
from articles.models import Act, Origin, Verb
from articles.operations.acts import Noted
from articles.operations.deciding import decide_again, reopen_suggestion
from articles.operations.placing import return_mark
from articles.operations.quotes import change_quote, restore_quote, retract_quote
from articles.permissions import visible_quotes

MADE = frozenset({Verb.RECORD, Verb.RESTORE})


def visible_findings(person: Any) -> QuerySet[SentenceFinding]:
    """What is said of sentences in the readings a person may know of."""
    return SentenceFinding.objects.filter(reading__in=visible_readings(person)).select_related("reading__revision")


@dataclass(frozen=True, slots=True)
class Kind:
    """What acts are done to: who may know of it, what undoing takes, and the operations.

    :ivar keyword: what the operations call it.
    :ivar right: what making it, changing it and taking it back takes.
    """

    keyword: str
    visible: Callable[[Any], QuerySet[Any]]
    right: str
    change: Callable[..., Any]
    retract: Callable[..., Any]
    restore: Callable[..., Any]


KINDS: Mapping[str, Kind] = {
    "quote": Kind("quote", visible_quotes, "articles.change_quote", change_quote, retract_quote, restore_quote),
    "claim": Kind("claim", all_visible_claims, "annotations.change_claim", change_claim, retract_claim, restore_claim),
    "biastag": Kind("tag", all_visible_tags, "annotations.change_biastag", change_tag, retract_tag, restore_tag),
    "evidence": Kind(
        "evidence", visible_evidence, "annotations.detach_evidence", change_stance, detach_evidence, attach_again
    ),
    "sentencefinding": Kind(
        "finding_of", visible_findings, "annotations.read_for_study", say_again, say_again, say_again
    ),
}


def right_to_reverse(act: Act) -> str:
    """The right that reversing an act takes: the one that doing it took."""
    if "origin" in act.before:
        return "articles.decide_suggestion"
    if "place" in act.before:
        return "articles.repair_anchor"
    if act.kind == "evidence" and act.verb == Verb.CHANGE:
        return "annotations.attach_evidence"
    return KINDS[act.kind].right


def reverse(act: Act, noun: Any, *, by: AbstractUser, at: datetime, noted: Noted) -> None:
    """Do the inverse of an act. Raises as the operation that does it."""
    seen = getattr(noun, "version", act.version_after)
    inverse(act, noun)(seen=seen, by=by, at=at, noted=noted)


def inverse(act: Act, noun: Any) -> Callable[..., Any]:
    """The operation that reverses an act, with all it is told but who does it, when, and what they have seen."""
    kind = KINDS[act.kind]
    if "place" in act.before:
        return partial(return_mark, mark=noun, to=act.before["place"], origin=act.before.get("origin"))
    if "origin" in act.before:
        return _inverse_of_decision(act, noun)
    if act.verb in MADE:
        return partial(kind.retract, **{kind.keyword: noun}, **_reason_before(act))
    if act.verb == Verb.RETRACT:
        return partial(kind.restore, **{kind.keyword: noun})
    return partial(kind.change, **{kind.keyword: noun}, **values_before(act, noun))


def _reason_before(act: Act) -> dict[str, Any]:
    """Why it had been retracted, where it had been."""
    return {"reason": act.before["retraction_reason"]} if "retraction_reason" in act.before else {}


def _inverse_of_decision(act: Act, noun: Any) -> Callable[..., Any]:
    values = values_before(act, noun)
    origin = values.pop("origin")
    if origin == Origin.SUGGESTED:
        return partial(reopen_suggestion, mark=noun, values=values)
    return partial(decide_again, mark=noun, origin=Origin(origin), values=values)


def values_before(act: Act, noun: Any) -> dict[str, Any]:
    """What an act found in the columns it changed, as the operations take it."""
    return {name: _read(noun, name, value) for name, value in act.before.items()}


def _read(noun: Any, name: str, stored: Any) -> Any:
    if name == "secondary":
        by_key = BiasCategory.objects.in_bulk(stored)
        return [by_key[key] for key in stored]
    field = noun._meta.get_field(name)
    if field.is_relation:
        return None if stored is None else field.related_model._base_manager.get(pk=stored)
    return field.to_python(stored)
