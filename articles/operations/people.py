"""Whom a full name in a text may mean among the stored speakers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from articles.models import Speaker
from articles.operations.speakers import name_keys


@dataclass(frozen=True, slots=True)
class Namesakes:
    """The stored speakers a name may mean: one for certain, or several to choose from; neither for a new name."""

    certain: Speaker | None = None
    several: Sequence[Speaker] = ()


def find_namesakes(names: Collection[str]) -> dict[str, Namesakes]:
    """Whom each name means, in one query. Certain is only the whole name of exactly one speaker."""
    wanted = {name: _whole(name) for name in names}
    speakers = list(Speaker.objects.unmerged().named(*filter(None, wanted.values())).order_by("pk"))
    found = {}
    for name, key in wanted.items():
        alike = [speaker for speaker in speakers if key in speaker.keys]
        whole = [speaker for speaker in alike if key in map(_whole, [speaker.name, *speaker.aliases])]
        found[name] = Namesakes(whole[0]) if len(whole) == 1 else Namesakes(several=whole or alike)
    return found


def _whole(name: str) -> str:
    return max(name_keys([name]), key=len, default="")
