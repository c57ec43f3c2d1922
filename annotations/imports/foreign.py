"""Marks of other tools, which say less than ours: what they leave open gets its usual value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid5

from annotations.imports import desk
from annotations.imports.record import FOREIGN, Incoming, RecordRefused, uid_of
from annotations.imports.shapes import checked, moment, perhaps, text, whole

NOBODY = "somebody"
# In its place until the desk says when it came in.
_SOMETIME = "1970-01-01T00:00:00Z"
_PLACE = {"start": perhaps(whole), "end": perhaps(whole), "exact": text, "prefix": text, "suffix": text}


@dataclass(frozen=True, slots=True)
class Mark:
    """A foreign annotation of words.

    :ivar name: its own id, from which our uid follows.
    :ivar article: a uid, or the address of the piece.
    :ivar creator: a name or an object with ``id`` and ``name``; None when nobody says.
    :ivar created: RFC 3339, or None.
    :ivar texts: what its bodies say; ``things`` the addresses or slugs they name.
    :ivar start: and ``end`` in code points of the canonical text; None where only the words are known.
    """

    name: str
    article: str
    creator: Any = None
    created: Any = None
    modified: Any = None
    texts: Sequence[str] = ()
    things: Sequence[str] = ()
    start: Any = None
    end: Any = None
    exact: Any = ""
    prefix: Any = ""
    suffix: Any = ""
    further: Mapping[str, Any] = field(default_factory=dict)


def incoming(kind: str, mark: Mark, *, line: int, end: int = 0) -> Incoming:
    """A foreign mark as a record, with ``place`` (where its words stand) and ``address`` (of its article) beside it.

    :raises RecordRefused: names what is at fault.
    """
    said = {name: getattr(mark, name) for name in _PLACE}
    place = checked({**said, **{name: said[name] or "" for name in ("exact", "prefix", "suffix")}}, _PLACE)
    if not place["exact"] and (place["start"] is None or place["end"] is None):
        raise RecordRefused("It says neither its words nor where they stand.", field="exact")
    created = mark.created if mark.created is not None else mark.modified
    if created is not None:
        moment(created)
    read = desk.incoming(_record(kind, mark, created or _SOMETIME), line=line, end=end)
    assert read.record is not None
    return replace(
        read,
        record={
            **read.record,
            "place": place,
            "address": mark.article,
            "created_at": read.record["created_at"] if created is not None else None,
        },
    )


def _record(kind: str, mark: Mark, created: str) -> dict[str, Any]:
    uid = uid_of(mark.name)
    creator, called = _creator(mark.creator)
    return {
        "type": kind,
        "uid": uid,
        "article": uid_of(mark.article),
        "span": str(uuid5(FOREIGN, f"span {UUID(uid)}")),
        "anchors": [],
        "note": "",
        "origin": "human",
        "proposer": "",
        "proposer_version": "",
        "confidence": None,
        "rule": "",
        "decided_by": None,
        "decided_at": None,
        "retracted_by": None,
        "retracted_at": None,
        "retraction_reason": "",
        "version": 1,
        "created_by": creator,
        "created_at": created,
        "annotator": called,
        **_OF_KINDS[kind](mark),
        **mark.further,
    }


def _creator(creator: Any) -> tuple[str, str]:
    """The uid and the name of who made it."""
    if isinstance(creator, list):
        creator = creator[0] if creator else None
    if isinstance(creator, dict):
        name = str(creator.get("name") or creator.get("nickname") or "")
        return uid_of(creator.get("id") or f"person {name or NOBODY}"), name
    return (uid_of(creator), "") if creator else (uid_of(f"person {NOBODY}"), "")


def _quote(mark: Mark) -> dict[str, Any]:
    name = mark.texts[0] if mark.texts else ""
    return {
        "speaker": None,
        "speaker_name": None,
        "mention": name,
        "kind": "direct",
        "cue": "",
        "language": "",
        "wording": "unknown",
        "proposed_speaker": None,
    }


def _claim(mark: Mark) -> dict[str, Any]:
    return {
        "project": None,
        "quote": None,
        "canonical": mark.texts[0] if mark.texts else str(mark.exact),
        "claimant": "unknown",
        "speaker": None,
        "speaker_name": None,
        "claim_date": None,
        "date_basis": "unknown",
        "date_note": "",
        "claim_type": "event",
        "checkable": "yes",
        "checkable_reason": "",
        "priority": 2,
        "risk": "normal",
        "risk_reason": "",
        "same_as": None,
    }


def _bias_tag(mark: Mark) -> dict[str, Any]:
    """Categories by what is named: an address ends with the slug. What else was said is the note."""
    names = [*mark.things, *([] if mark.things else mark.texts)]
    if not names:
        raise RecordRefused("A bias tag names its category.", field="body")
    slugs = [name.rstrip("/").rpartition("/")[2] for name in names]
    return {
        "project": None,
        "level": "span",
        "codebook": "",
        "category": slugs[0],
        "category_uid": uid_of(names[0]),
        "secondary": slugs[1:],
        "secondary_uids": [uid_of(name) for name in names[1:]],
        "severity": 1,
        "polarity": 0,
        "target": "",
        "voice": "author",
        "neutral_alternative": "",
        "note": mark.texts[0] if mark.things and mark.texts else "",
    }


_OF_KINDS = {"quote": _quote, "claim": _claim, "bias_tag": _bias_tag}
