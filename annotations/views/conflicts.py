"""Two people wrote the same thing: both sides, as the component of a conflict shows them."""

from __future__ import annotations

from typing import Any

from django import forms

from annotations.queries.history import last_change
from articles.models import Stale


def both_sides(stale: Stale, *, theirs: forms.Form, yours: forms.Form) -> dict[str, Any]:
    """What the component of a conflict needs: who, when, and every field on which the two sides differ.

    :param theirs: the same form as ``yours``, with what now stands as its initial values.
    """
    rows = [
        {
            "label": field.label,
            "theirs": _as_read(field, theirs[field.name].value()),
            "yours": _as_read(field, field.value()),
        }
        for field in yours.visible_fields()
    ]
    who, at = last_change(stale.noun)
    different = [row for row in rows if row["theirs"] != row["yours"]]
    return {"who": who, "at": at, "rows": different, "version": stale.noun.version}


def _as_read(field: forms.BoundField, value: Any) -> str:
    """The value of a field as somebody reads it: labels of choices, not what they are stored as."""
    choices = {str(key): str(label) for key, label in getattr(field.field, "choices", ())}
    values = value if isinstance(value, list | tuple) else [value]
    keys = [str(getattr(each, "pk", each)) for each in values if each not in {None, ""}]
    return ", ".join(choices.get(key, key) for key in keys) or "–"
