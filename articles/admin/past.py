"""The history of a thing as the database kept it: what stood there before each change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext as _

NOT_TOLD = frozenset({"id", "uid", "version", "created_by", "created_at", "head"})
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Change:
    """One change: when, by whom ("" where no person is known), and a sentence for each column it changed."""

    at: datetime
    who: str
    sentences: tuple[str, ...]


def past_of(noun: Any) -> list[Change]:
    """The changes of a thing, newest first; none for what is written once."""
    events = _events(noun)
    people = _people(events)
    after = [*events[1:], type(noun)._base_manager.get(pk=noun.pk)]
    changes = [
        Change(event.pgh_created_at, people.get(_person_key(event), ""), tuple(_differences(event, following)))
        for event, following in zip(events, after, strict=False)
    ]
    return changes[::-1]


def change_sentences(noun: Any, seen: int) -> list[str]:
    """What differs between ``noun`` as it stands and as it was at version ``seen``, a sentence a column."""
    then = next((event for event in _events(noun) if event.version == seen), None)
    return list(_differences(then, noun)) if then is not None else []


def _events(noun: Any) -> Sequence[Any]:
    tracked = [relation for relation in noun._meta.related_objects if relation.name == "events"]
    if not tracked:
        return []
    return list(noun.events.select_related("pgh_context").order_by("pgh_id"))


def _person_key(event: Any) -> Any:
    return (event.pgh_context.metadata if event.pgh_context else {}).get("user")


def _people(events: Sequence[Any]) -> dict[Any, str]:
    keys = {key for key in map(_person_key, events) if key is not None}
    return {person.pk: str(person) for person in get_user_model()._default_manager.filter(pk__in=keys)}


def _differences(before: Any, after: Any) -> Iterator[str]:
    for field in type(after)._meta.concrete_fields:
        if field.name in NOT_TOLD or field.name.startswith("pgh_") or not hasattr(before, field.attname):
            continue
        then, now = getattr(before, field.attname), getattr(after, field.attname)
        if then != now:
            yield _("%(column)s: was %(then)s, is %(now)s") % {
                "column": field.verbose_name,
                "then": _shown(field, then),
                "now": _shown(field, now),
            }


def _shown(field: models.Field[Any, Any], value: Any) -> str:
    """A value in words; other things only by their key, because they may not be for everybody."""
    if value is None or value == "":
        return _("empty")
    if field.is_relation:
        return _("number %(key)s") % {"key": value}
    if field.choices:
        value = dict(field.flatchoices).get(value, value)
    text = str(value)
    return f"“{text[:LONGEST]}…”" if len(text) > LONGEST else f"“{text}”"
