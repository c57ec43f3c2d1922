"""What became of a thing: each change with who made it, when, and what was there before."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db.models import Model

from articles.models import Editable


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as stored."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One write: the version it was made on, when, by whom (None for jobs and commands), and what it changed."""

    noun: Any
    seen: int
    at: datetime
    who: AbstractUser | None
    fields: tuple[FieldChange, ...]

    def of(self, field: str) -> FieldChange | None:
        """What it did to one field."""
        return next((change for change in self.fields if change.field == field), None)


def changes_of(nouns: Collection[Editable], fields: Collection[str]) -> list[Change]:
    """The changes of things of one kind, oldest first, in two queries however many there are.

    Only changes of one of ``fields`` are told.
    """
    if not nouns:
        return []
    by_key = {noun.pk: noun for noun in nouns}
    former = list(
        _events_of(type(next(iter(nouns))))
        .filter(pgh_obj__in=by_key)
        .select_related("pgh_context")
        .order_by("pgh_obj", "version", "pgh_id")
    )
    people = _people(former)
    told = []
    for event, following in zip_longest(former, former[1:]):
        noun = by_key[event.pgh_obj_id]
        after = following if following is not None and following.pgh_obj_id == event.pgh_obj_id else noun
        changed = _differences(event, after, fields)
        if changed:
            who = people.get(_actor(event))
            told.append(Change(noun, event.version, event.pgh_created_at, who, changed))
    return sorted(told, key=lambda change: change.at)


def last_change(noun: Editable) -> tuple[str, datetime | None]:
    """Who changed a thing last, in words, and when; the one who made it when it was never changed."""
    event = _events_of(type(noun)).filter(pgh_obj=noun.pk).select_related("pgh_context").order_by("-version").first()
    if event is None:
        return str(noun.created_by), noun.created_at
    who = _people([event]).get(_actor(event))
    return str(who or noun.created_by), event.pgh_created_at


def version_of(noun: Editable, number: int) -> Any:
    """A thing as it was at a version; None when it never was."""
    if noun.version == number:
        return noun
    return _events_of(type(noun)).filter(pgh_obj=noun.pk, version=number).first()


def differs_since(noun: Editable, seen: int, fields: Iterable[str]) -> bool:
    """Whether one of ``fields`` changed since version ``seen``; true when there never was such a version."""
    former = version_of(noun, seen)
    return former is None or bool(_differences(former, noun, fields))


def _events_of(kind: Any) -> Any:
    """The rows that were overwritten, of one kind of thing."""
    return kind._meta.get_field("events").related_model.objects


def _differences(before: Model, after: Model, fields: Iterable[str]) -> tuple[FieldChange, ...]:
    pairs = ((field, getattr(before, field), getattr(after, field)) for field in fields)
    return tuple(FieldChange(field, old, new) for field, old, new in pairs if old != new)


def _actor(event: Any) -> int | None:
    context = event.pgh_context
    return context.metadata.get("user") if context is not None else None


def _people(events: Iterable[Any]) -> dict[int | None, AbstractUser]:
    keys = {_actor(event) for event in events} - {None}
    return dict(get_user_model().objects.in_bulk(keys)) if keys else {}
