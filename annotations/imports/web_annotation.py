"""W3C Web Annotations: ours (:mod:`annotations.exports.web_annotation`) without loss, and those of others.

Read are lines with an Annotation each, an Annotation, a list of them, an AnnotationPage, and an AnnotationCollection
whose first page is in it. Of a foreign annotation the motivation says what it becomes: ``identifying`` a quote,
``describing`` or ``assessing`` a claim, ``classifying`` and ``tagging`` a bias tag whose category is named by uid
or slug.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from annotations.exports.web_annotation import EXTRA
from annotations.imports import desk, foreign
from annotations.imports.foreign import Mark
from annotations.imports.record import (
    Importer,
    Incoming,
    RecordRefused,
    document_of,
    lines_of,
    refused,
    uid_of,
    value_of,
)

MEDIA_TYPES = ("application/ld+json",)
_LISTS = {"AnnotationPage": "items", "AnnotationCollection": "first"}


def read(file: BinaryIO) -> Iterator[Incoming]:
    """The annotations of a file; the line of one in a document is its number there."""
    for line, value, end in values_in(file):
        try:
            if isinstance(value, RecordRefused):
                raise value
            yield incoming(value, line=line, end=end)
        except RecordRefused as error:
            yield refused(line, error, end=end)


def values_in(file: BinaryIO) -> Iterator[tuple[int, Any, int]]:
    """The values of a file of lines, or of one document, with their numbers; a refusal for each unreadable one."""
    first = file.readline(64 * 1024)
    file.seek(0)
    if _is_a_line(first):
        for line, body, end in lines_of(file):
            try:
                yield line, value_of(body), end
            except RecordRefused as error:
                yield line, error, end
        return
    try:
        document = document_of(file)
    except RecordRefused as error:
        yield 1, error, 0
        return
    yield from ((number, value, 0) for number, value in enumerate(_within(document), start=1))


def _is_a_line(first: bytes) -> bool:
    """Whether the first line of a file is an Annotation by itself, or one that is too long to say."""
    if not first.strip():
        return not first
    if not first.endswith(b"\n") and len(first) == 64 * 1024:
        return b'"Annotation"' in first or b'"@context"' not in first
    try:
        value = value_of(first)
    except RecordRefused:
        return False
    return isinstance(value, dict) and value.get("type") not in _LISTS


def _within(document: Any) -> Iterator[Any]:
    if isinstance(document, list):
        yield from document
    elif isinstance(document, dict) and document.get("type") in _LISTS:
        inner = document.get(_LISTS[document["type"]])
        yield from _within(inner if inner is not None else [])
    else:
        yield document


def incoming(value: Any, *, line: int, end: int = 0) -> Incoming:
    """An Annotation as a record.

    :raises RecordRefused: names the member at fault.
    """
    if not isinstance(value, dict) or value.get("type") != "Annotation":
        raise RecordRefused("It is no Annotation.", field="type")
    if "id" not in value:
        raise RecordRefused("An Annotation has an id, by which it is known when it comes again.", field="id")
    if isinstance(value.get(EXTRA), dict) and value[EXTRA].get("type") == "verdict":
        return Incoming(line, {"type": "verdict", "uid": uid_of(value["id"])}, (), end)
    if isinstance(value.get(EXTRA), dict):
        return desk.incoming(_ours(value), line=line, end=end)
    kind, mark = _foreign(value)
    return foreign.incoming(kind, mark, line=line, end=end)


def _ours(value: Mapping[str, Any]) -> dict[str, Any]:
    extra = dict(value[EXTRA])
    kind = extra.pop("type", None)
    if kind not in _OURS:
        raise RecordRefused(f"There are no annotations of the type {str(kind)[:40]}.", field=EXTRA)
    try:
        creator, target = value["creator"], value["target"]
        made = {"created_by": uid_of(creator["id"]), "created_at": value["created"]}
        record = {"type": kind, "uid": uid_of(value["id"]), **made, **extra, **_OURS[kind](_bodies(value), target)}
        record["annotator"] = creator["name"]
        if kind == "evidence":
            return record
        comments = _texts(_bodies(value), "commenting")
        record["article"] = uid_of(target["source"])
        return {**record, "note": comments[0] if comments else "", "anchors": _anchors(extra, target)}
    except (KeyError, TypeError, IndexError) as error:
        raise RecordRefused(f"The members {error} are missing or of another type.") from error


def _anchors(extra: Mapping[str, Any], target: Mapping[str, Any]) -> list[Any]:
    """The anchors, the one that the selectors say with what they say."""
    said: dict[str, Any] = {"start": None, "end": None, "exact": "", "prefix": "", "suffix": ""}
    for selector in target.get("selector", ()):
        said |= {name: value for name, value in selector.items() if name in said}
    return [each if "exact" in each else {**each, **said} for each in extra["anchors"]]


def _bodies(value: Mapping[str, Any]) -> list[Any]:
    body = value.get("body", [])
    return body if isinstance(body, list) else [body]


def _texts(bodies: list[Any], purpose: str) -> list[str]:
    return [each["value"] for each in bodies if each.get("type") == "TextualBody" and each.get("purpose") == purpose]


def _things(bodies: list[Any], purpose: str) -> list[str]:
    return [uid_of(each["source"]) for each in bodies if "source" in each and each.get("purpose") == purpose]


def _quote(bodies: list[Any], _target: Any) -> dict[str, Any]:
    speakers, names = _things(bodies, "identifying"), _texts(bodies, "identifying")
    return {"speaker": speakers[0] if speakers else None, "speaker_name": names[0] if names and speakers else None}


def _claim(bodies: list[Any], _target: Any) -> dict[str, Any]:
    return {"canonical": _texts(bodies, "describing")[0]}


def _bias_tag(bodies: list[Any], _target: Any) -> dict[str, Any]:
    primary, *secondary = _things(bodies, "classifying")
    alternative = _texts(bodies, "editing")
    return {
        "category_uid": primary,
        "secondary_uids": secondary,
        "neutral_alternative": alternative[0] if alternative else "",
    }


def _evidence(bodies: list[Any], target: Any) -> dict[str, Any]:
    quote, position = bodies[0]["selector"]
    return {
        "claim": uid_of(target["source"]),
        "snapshot": uid_of(bodies[0]["source"]),
        "start": position["start"],
        "end": position["end"],
        "excerpt": quote["exact"],
    }


_OURS = {"quote": _quote, "claim": _claim, "bias_tag": _bias_tag, "evidence": _evidence}


def _foreign(value: Mapping[str, Any]) -> tuple[str, Mark]:
    motivation = value.get("motivation")
    motivations = motivation if isinstance(motivation, list) else [motivation]
    bodies = [each if isinstance(each, dict) else {"source": each} for each in _bodies(value)]
    kinds = [_BECOMES[each] for each in motivations if each in _BECOMES]
    if not kinds:
        known = ", ".join(_BECOMES)
        raise RecordRefused(
            f"Nothing here has the motivation {str(motivation)[:40]}; known are {known}.", field="motivation"
        )
    target = value.get("target")
    target = target[0] if isinstance(target, list) and target else target
    if not isinstance(target, dict) or "source" not in target:
        raise RecordRefused("A target is a SpecificResource with a source and selectors.", field="target")
    texts = [str(each["value"]) for each in bodies if "value" in each]
    things = [str(each.get("source", each.get("id"))) for each in bodies if "source" in each or "id" in each]
    mark = Mark(
        name=str(value["id"]),
        article=str(target["source"]),
        creator=value.get("creator"),
        created=value.get("created"),
        modified=value.get("modified"),
        texts=texts,
        things=things,
        **_where(target),
    )
    return kinds[0], mark


def _where(target: Mapping[str, Any]) -> dict[str, Any]:
    selectors = target.get("selector", ())
    said: dict[str, Any] = {}
    for selector in selectors if isinstance(selectors, list) else [selectors]:
        if isinstance(selector, dict) and selector.get("type") in {"TextQuoteSelector", "TextPositionSelector"}:
            said |= {name: selector[name] for name in ("start", "end", "exact", "prefix", "suffix") if name in selector}
    return said


_BECOMES = {
    "identifying": "quote",
    "describing": "claim",
    "assessing": "claim",
    "classifying": "bias_tag",
    "tagging": "bias_tag",
}

IMPORTER = Importer("w3c", MEDIA_TYPES, read)
