"""Annotations in the W3C Web Annotation Data Model (W3C Recommendation, 23 February 2017), as JSON-LD.

===========  ===========  =======================================================================================
record       motivation   bodies
===========  ===========  =======================================================================================
``quote``    identifying  who speaks: the speaker's uid, and the name or the words of the text for them
``claim``    describing   the restatement
``bias_tag`` classifying  the categories, the primary one first; a neutral alternative, for editing
``evidence`` linking      the passage of the source, with the claim as target
``verdict``  assessing    the desk's word and its reason, with the claim as target
===========  ===========  =======================================================================================

The target is the article, with a TextQuoteSelector and a TextPositionSelector. The model counts positions in code
points (section 4.2.5), as we do. What it has no member for stands in ``newsdesk:record``, so that nothing is lost on
the way back. Ids are ``urn:uuid:``, because a uid is the same on every desk.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from annotations.exports.record import About, gettext_noop

ANNO = "http://www.w3.org/ns/anno.jsonld"
TERMS = "newsdesk"
EXTRA = f"{TERMS}:record"
CONTEXT: list[Any] = [ANNO, {TERMS: "urn:newsdesk:terms:", EXTRA: {"@type": "@json"}}]
MEDIA_TYPE = f'application/ld+json; profile="{ANNO}"'
LINES_TYPE = "application/x-ndjson"
PER_PAGE = 100
FIRST = "first"  # the name of the first page
ABOUT = About("W3C Web Annotation", "ndjson", gettext_noop("One Annotation of the W3C’s model per line, as JSON-LD."))

MOTIVATIONS: Mapping[str, str] = {
    "quote": "identifying",
    "claim": "describing",
    "bias_tag": "classifying",
    "evidence": "linking",
    "verdict": "assessing",
}
# What the members of the model say. Everything else of a record stands in EXTRA.
SAID = frozenset({"type", "uid", "article", "created_by", "created_at", "annotator", "note", "exact"})
SAID_OF: Mapping[str, frozenset[str]] = {
    "quote": frozenset({"speaker", "speaker_name"}),
    "claim": frozenset({"canonical"}),
    "bias_tag": frozenset({"category_uid", "secondary_uids", "neutral_alternative"}),
    "evidence": frozenset({"claim", "snapshot", "start", "end", "excerpt"}),
    "verdict": frozenset({"claim", "reason"}),
}
_OF_ANCHOR = ("start", "end", "exact", "prefix", "suffix")


@dataclass(frozen=True, slots=True)
class WebAnnotationLines:
    """One Annotation per line."""

    name: str = "w3c.ndjson"
    media_type: str = LINES_TYPE
    about: About = ABOUT

    def line(self, record: Mapping[str, Any]) -> bytes:
        return written(annotation(record)) + b"\n"


W3C = WebAnnotationLines()


def written(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def annotation(record: Mapping[str, Any], *, has_context: bool = True) -> dict[str, Any]:
    """A record of :mod:`annotations.exports.desk` as an Annotation; within a page the context stands once, above."""
    kind = record["type"]
    anchor = anchor_shown(record)
    bodies = [*_BODIES[kind](record), *_comment(record)]
    extra = {name: value for name, value in record.items() if name not in SAID | SAID_OF[kind]}
    if anchor is not None:
        places = [_without(each, anchor) for each in record["anchors"]]
        extra["anchors"] = places
    return {
        **({"@context": CONTEXT} if has_context else {}),
        "id": urn(record["uid"]),
        "type": "Annotation",
        "motivation": MOTIVATIONS[kind],
        "created": record["created_at"],
        "creator": {"id": urn(record["created_by"]), "type": "Person", "name": record["annotator"]},
        **({"body": bodies} if bodies else {}),
        "target": _target(record, anchor),
        EXTRA: {"type": kind, **extra},
    }


def anchor_shown(record: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The anchor whose place the selectors say: the current one on the newest text that it has."""
    current = [each for each in record.get("anchors", ()) if each["is_current"]]
    return max(current, key=lambda each: each["revision"], default=None)


def urn(uid: str) -> str:
    return f"urn:uuid:{uid}"


def _without(place: Mapping[str, Any], shown: Mapping[str, Any]) -> dict[str, Any]:
    """An anchor; of the one that the selectors say, what they do not."""
    if place is not shown:
        return dict(place)
    return {name: value for name, value in place.items() if name not in _OF_ANCHOR}


def _target(record: Mapping[str, Any], anchor: Mapping[str, Any] | None) -> dict[str, Any]:
    if "claim" in SAID_OF[record["type"]]:
        return {"type": "SpecificResource", "source": urn(record["claim"])}
    target: dict[str, Any] = {"type": "SpecificResource", "source": urn(record["article"])}
    if anchor is not None:
        target["selector"] = _selectors(anchor)
    return target


def _selectors(place: Mapping[str, Any]) -> list[dict[str, Any]]:
    quote = {name: place[name] for name in ("exact", "prefix", "suffix") if place.get(name)}
    selectors: list[dict[str, Any]] = [{"type": "TextQuoteSelector", **quote}]
    if place["start"] is not None:
        selectors.append({"type": "TextPositionSelector", "start": place["start"], "end": place["end"]})
    return selectors


def _text(value: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _thing(uid: str, purpose: str) -> dict[str, Any]:
    return {"type": "SpecificResource", "source": urn(uid), "purpose": purpose}


def _comment(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_text(record["note"], "commenting")] if record.get("note") else []


def _quote(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    if record["speaker"]:
        return [_thing(record["speaker"], "identifying"), _text(record["speaker_name"], "identifying")]
    return [_text(record["mention"], "identifying")] if record["mention"] else []


def _claim(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_text(record["canonical"], "describing")]


def _bias_tag(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    alternative = record["neutral_alternative"]
    categories = [record["category_uid"], *record["secondary_uids"]]
    return [
        *(_thing(uid, "classifying") for uid in categories),
        *([_text(alternative, "editing")] if alternative else []),
    ]


def _evidence(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    passage = {"exact": record["excerpt"], "start": record["start"], "end": record["end"]}
    return [{**_thing(record["snapshot"], "linking"), "selector": _selectors(passage)}]


def _verdict(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_text(record["reason"], "assessing")]


_BODIES = {"quote": _quote, "claim": _claim, "bias_tag": _bias_tag, "evidence": _evidence, "verdict": _verdict}


def collection(*, address: str, label: str, total: int | None = None) -> dict[str, Any]:
    """An AnnotationCollection (section 5.1) whose pages stand at ``address`` with the parameter ``page``.

    :param total: left out where to count would take longer than a page.
    """
    known = {} if total is None else {"total": total}
    first = {"first": page_address(address, FIRST)}
    return {"@context": ANNO, "id": address, "type": "AnnotationCollection", "label": label, **known, **first}


def page(
    records: Iterable[Mapping[str, Any]],
    *,
    address: str,
    label: str,
    name: str = FIRST,
    following: str = "",
    total: int | None = None,
) -> dict[str, Any]:
    """An AnnotationPage (section 5.2); ``following`` is the name of the one after it, empty on the last."""
    known = {} if total is None else {"total": total}
    return {
        "@context": CONTEXT,
        "id": page_address(address, name),
        "type": "AnnotationPage",
        "partOf": {"id": address, "type": "AnnotationCollection", "label": label, **known},
        **({"next": page_address(address, following)} if following else {}),
        "items": [annotation(record, has_context=False) for record in records],
    }


def page_address(address: str, name: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}page={name}"
