"""Noting what people do to marks, so that they can undo it: one row in the transaction of the act."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model

from articles.models import Act, Anchor, Editable, Step, Verb

# Columns of a decision that follow from the act itself: who decided is its person, when its moment.
OF_THE_ACT = frozenset({"decided_by_id", "decided_at"})


@dataclass(frozen=True, slots=True)
class Noted:
    """How an act is noted: alone, at a position of a group, or as the reverse of another.

    Operations that are part of an act which is taken back otherwise are told None, and note nothing.
    """

    undoes: Act | None = None
    group: UUID | None = None
    position: int = 0

    @property
    def step(self) -> Step:
        if self.undoes is None:
            return Step.DO
        return Step.REDO if self.undoes.step == Step.UNDO else Step.UNDO


ALONE = Noted()


@dataclass(frozen=True, slots=True)
class Difference:
    """The columns that an act changes, before and after."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]

    def with_place(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference:
        """The same, and where the words stood and stand."""
        return Difference({**self.before, "place": before}, {**self.after, "place": after})


NO_DIFFERENCE = Difference({}, {})


def difference(noun: Editable, values: Mapping[str, Any]) -> Difference:
    """What writing ``values`` is going to change; to be asked before."""
    before, after = {}, {}
    for name, value in values.items():
        if name in OF_THE_ACT:
            continue
        stored = getattr(noun, noun._meta.get_field(name).attname)  # type: ignore[union-attr]
        new = value.pk if isinstance(value, Model) else value
        if stored != new:
            before[name], after[name] = stored, new
    return Difference(before, after)


def place_of(anchor: Anchor) -> dict[str, Any]:
    """An anchor as acts keep it."""
    return {
        "revision": anchor.revision_id,
        "sequence": anchor.sequence,
        "start": anchor.start,
        "end": anchor.end,
        "exact": anchor.exact,
        "state": str(anchor.state),
    }


def note_act(
    noun: Any,
    verb: Verb,
    *,
    article: int,
    was: int,
    now: int,
    by: AbstractUser,
    at: datetime,
    noted: Noted | None,
    changed: Difference = NO_DIFFERENCE,
) -> None:
    """Append that ``by`` did this to ``noun``; part of the act, so it begins no transaction of its own.

    :param was, now: the version of the noun before and after.
    :param noted: None when the act is part of a larger one that has a reverse of its own.
    """
    if noted is None:
        return
    undoes = noted.undoes.pk if noted.undoes is not None else None
    with connection.cursor() as cursor:
        # Written out, because people wait for it with each mark they make.
        cursor.execute(
            """
            INSERT INTO articles_act (uid, person_id, at, verb, step, article_id, kind, noun, version_before,
                version_after, before, after, undoes_id, "group", position)
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
            """,
            [
                *(uuid.uuid4(), by.pk, at, verb.value, noted.step.value, article, noun._meta.model_name, noun.uid),
                *(was, now, _written(changed.before), _written(changed.after), undoes, noted.group, noted.position),
            ],
        )


def _written(columns: Mapping[str, Any]) -> str:
    return json.dumps(columns, cls=DjangoJSONEncoder) if columns else "{}"
