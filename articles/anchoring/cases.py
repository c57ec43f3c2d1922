"""Edits whose truth is known: two texts, marks on the old one, and what became of each in truth.

A file of cases is a JSON list of ``{"id", "ops", "old", "new", "spans", "gold"}``. ``ops`` names the kinds of edit
that made ``new`` of ``old``; ``spans`` are ``[start, end]`` in the old text; ``gold`` has one object for each span:
``{"kind": "deleted"}``, or any other kind of :class:`Kind` with its place in the new text as ``"pos": [start, end]``.
Words torn apart give the places of all their pieces as ``"parts"``. Offsets are half-open, in code points.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

Span = tuple[int, int]


class CasesRefused(ValueError):
    """The file is not one of cases; the message says where and what is missing."""


class Kind(StrEnum):
    """What an edit did to the words of a mark."""

    INTACT = "intact"
    COSMETIC = "cosmetic"
    """Only quotes, dashes or white space changed."""
    EDITED = "edited"
    REPLACED = "replaced"
    """No word is left, and others were put in their place."""
    REMNANT = "remnant"
    """Less than a third is left."""
    SPLIT = "split"
    """What is left stands in several places or in another order."""
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Truth:
    """What became of a mark; ``places`` are where its words stand in the new text, the largest piece first."""

    kind: Kind
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """Two texts and the truth about each marked span of the old one."""

    name: str
    edits: tuple[str, ...]
    old: str
    new: str
    spans: tuple[Span, ...]
    truths: tuple[Truth, ...]


def read_cases(path: Path) -> list[Case]:
    """Read a file of cases.

    :raises CasesRefused: when it cannot be read, is no JSON, or a case lacks something.
    """
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CasesRefused(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CasesRefused(f"{path} is not UTF-8. Save it as UTF-8 and try again.") from None
    except (ValueError, RecursionError) as error:
        raise CasesRefused(f"{path} is not JSON: {error}.") from None
    if not isinstance(listed, list) or not listed:
        raise CasesRefused(f"{path} holds no cases. It must be a list of objects with old, new, spans and gold.")
    return [_Reader(f"case {number}", value).case() for number, value in enumerate(listed)]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one case, naming in every refusal where it stands."""

    where: str
    value: Any

    def case(self) -> Case:
        if not isinstance(self.value, dict):
            raise self._refusal("must be an object")
        old, new = self._text("old"), self._text("new")
        spans = tuple(self._spans("spans", self._list("spans"), old))
        golds = self._list("gold")
        if len(golds) != len(spans):
            raise self._refusal(f"has {len(spans)} spans and {len(golds)} in gold; each span needs one")
        return Case(
            name=str(self.value.get("id", self.where)),
            edits=tuple(str(edit) for edit in self._list("ops")),
            old=old,
            new=new,
            spans=spans,
            truths=tuple(self._truth(number, gold, new) for number, gold in enumerate(golds)),
        )

    def _text(self, key: str) -> str:
        text = self.value.get(key)
        if not isinstance(text, str):
            raise self._refusal(f"needs {key}, a text")
        return text

    def _list(self, key: str) -> list[Any]:
        listed = self.value.get(key)
        if not isinstance(listed, list):
            raise self._refusal(f"needs {key}, a list")
        return listed

    def _truth(self, number: int, gold: Any, new: str) -> Truth:
        key = f"gold[{number}]"
        kind = gold.get("kind") if isinstance(gold, dict) else None
        if kind not in list(Kind):
            raise self._refusal(f"needs in {key} a kind: one of {', '.join(Kind)}")
        if kind == Kind.DELETED:
            return Truth(Kind.DELETED, ())
        parts = gold["parts"] if isinstance(gold.get("parts"), list) else [gold.get("pos")]
        return Truth(Kind(kind), tuple(self._spans(key, parts, new)))

    def _spans(self, key: str, listed: list[Any], text: str) -> Iterator[Span]:
        for value in listed:
            match value:
                case [int(start), int(end)] if 0 <= start < end <= len(text):
                    yield start, end
                case _:
                    raise self._refusal(
                        f"has {json.dumps(value)} in {key}, which is no [start, end] within {len(text)} code points"
                    )

    def _refusal(self, what: str) -> CasesRefused:
        return CasesRefused(f"{self.where} {what}.")
