"""Two people wrote the same thing: who changed what, and a form in which both changes are kept.

Three states of every field are compared: as it was when the writer began, as it stands now, as the writer has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from annotations.queries.desk.history import last_change
from articles.models import Stale


@dataclass(frozen=True, slots=True)
class Sides:
    """One field in words: as it stands now, and as the writer has it."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the component of a conflict shows.

    :ivar version: the one that stands now.
    :ivar both: fields that both changed, and not to the same: somebody must choose.
    :ivar only_theirs, only_yours: fields that one side changed: both changes are kept.
    """

    who: str
    at: datetime | None
    version: int
    both: list[Sides] = field(default_factory=list)
    only_theirs: list[Sides] = field(default_factory=list)
    only_yours: list[Sides] = field(default_factory=list)


def settle(stale: Stale, *, began: Mapping[str, Any] | None, theirs: forms.Form, yours: forms.Form) -> Conflict:
    """Sort the fields by who changed them, and take over into ``yours`` what only the other side changed.

    :param began: the values that the writer's form began with; None where nobody knows them: then every field on
        which the sides differ counts as changed by both.
    :param theirs: the same form as ``yours``, with what now stands as its initial values.
    """
    who, at = last_change(stale.noun)
    conflict = Conflict(who, at, stale.noun.version)
    for mine in yours.visible_fields():
        if mine.name not in theirs.initial:
            continue
        standing = theirs[mine.name].value()
        sides = Sides(str(mine.label), _as_read(mine, standing), _as_read(mine, mine.value()))
        before = None if began is None else _as_read(mine, began[mine.name])
        if sides.theirs == sides.yours:
            continue
        if sides.yours == before:
            conflict.only_theirs.append(sides)
            _take_over(yours, mine.name, standing)
        elif sides.theirs == before:
            conflict.only_yours.append(sides)
        else:
            conflict.both.append(sides)
    return conflict


def _take_over(form: forms.Form, name: str, value: Any) -> None:
    """Put a stored value into a form that was sent, as a browser would have sent it."""
    assert isinstance(form.data, QueryDict)
    written = form.data.copy()
    written.setlist(form.add_prefix(name), _keys_of(value))
    form.data = written


def _as_read(bound: forms.BoundField, value: Any) -> str:
    """The value of a field as somebody reads it: labels of choices, not what they are stored as."""
    choices = {str(key): str(label) for key, label in getattr(bound.field, "choices", ())}
    # A browser sends other line ends than are stored.
    keys = ["\n".join(key.splitlines()).strip() for key in _keys_of(value)]
    return ", ".join(choices.get(key, key) for key in keys) or "–"


def _keys_of(value: Any) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value]
    return [str(getattr(each, "pk", each)) for each in values if each not in {None, ""}]
