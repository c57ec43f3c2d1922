from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from articles.models import Speaker, SpeakerKind
from articles.naming.keys import name_keys

CHANGEABLE = frozenset({"name", "kind", "title", "affiliation", "aliases"})


class MergeImpossible(Exception):
    """Two names that cannot become one: the same row, or one that was merged before."""


def add_speaker(
    *,
    name: str,
    by: AbstractUser,
    at: datetime,
    kind: str = SpeakerKind.PERSON,
    title: str = "",
    affiliation: str = "",
    aliases: Sequence[str] = (),
    is_demonstration: bool = False,
) -> Speaker:
    """Add somebody whose words are reported."""
    return Speaker.objects.create(
        name=name,
        kind=kind,
        title=title,
        affiliation=affiliation,
        aliases=list(aliases),
        keys=name_keys([name, *aliases]),
        is_demonstration=is_demonstration,
        created_by_id=by.pk,
        created_at=at,
    )


def change_speaker(*, speaker: Speaker, seen: int, by: AbstractUser, at: datetime, **values: Any) -> Speaker:
    """Change what is known of a speaker.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises TypeError: for a field that is not in :data:`CHANGEABLE`.
    """
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise TypeError(f"not a changeable field of a speaker: {', '.join(sorted(unknown))}")
    names = [values.get("name", speaker.name), *values.get("aliases", speaker.aliases)]
    return speaker.change(seen=seen, **values, keys=name_keys(names))


@transaction.atomic
def merge_speakers(
    *, kept: Speaker, merged: Speaker, seen_kept: int, seen_merged: int, by: AbstractUser, at: datetime
) -> Speaker:
    """Say that two names are one speaker. The merged row stays and points to the kept one, which takes its names.

    :raises MergeImpossible: when they are the same row or one of them was merged before.
    :raises Stale: when somebody changed either since the version seen.
    """
    if kept.pk == merged.pk or kept.merged_into_id or merged.merged_into_id:
        raise MergeImpossible("A speaker is merged once, into a speaker who still stands for themself.")
    aliases = list(dict.fromkeys([*kept.aliases, merged.name, *merged.aliases]))
    merged.change(seen=seen_merged, merged_into=kept)
    for former in Speaker.objects.filter(merged_into=merged):
        former.change(seen=former.version, merged_into=kept)
    return kept.change(seen=seen_kept, aliases=aliases, keys=name_keys([kept.name, *aliases]))
