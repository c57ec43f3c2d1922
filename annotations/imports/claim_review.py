"""ClaimReview of schema.org (release 30.0): a claim that somebody else reviewed, as a claim to check here.

The subset that comes in: the claim (``claimReviewed``, else the text or name of ``itemReviewed``), on the article that
``itemReviewed`` appeared in, found by its address, at the words of the claim or, where they do not stand there, on its
headline; the date of the claim; and, in the note, what the other desk said, who it is and where. Its rating never
becomes a verdict of this desk: that takes evidence and a second person.

Read are one object, a list, an object with ``@graph``, a data feed (``dataFeedElement`` with ``item``), and lines of
these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from annotations.imports.foreign import Mark, incoming
from annotations.imports.record import Importer, Incoming, RecordRefused, refused
from annotations.imports.web_annotation import values_in

MEDIA_TYPES = ("application/ld+json", "application/json")
_LISTS = ("@graph", "dataFeedElement", "item")


def read(file: BinaryIO) -> Iterator[Incoming]:
    """The reviews of a file, numbered through in its order."""
    number = 0
    for _line, value, _end in values_in(file):
        for each in _within(value):
            number += 1
            try:
                if isinstance(each, RecordRefused):
                    raise each
                yield _incoming(each, line=number)
            except RecordRefused as error:
                yield refused(number, error)


def _within(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for each in value:
            yield from _within(each)
        return
    inner = next((name for name in _LISTS if isinstance(value, dict) and name in value), None)
    if inner is not None:
        yield from _within(value[inner])
    else:
        yield value


def _incoming(value: Any, *, line: int) -> Incoming:
    if not isinstance(value, dict) or "ClaimReview" not in _types(value):
        raise RecordRefused("It is no ClaimReview.", field="@type")
    item = _object(value, "itemReviewed")
    claim = value.get("claimReviewed") or item.get("text") or item.get("name")
    if not isinstance(claim, str) or not claim.strip():
        raise RecordRefused("It says no claim: claimReviewed is missing.", field="claimReviewed")
    address = _appearance(item)
    if not address:
        reason = "It does not say where the claim appeared, so there is no article to keep it on."
        raise RecordRefused(reason, field="itemReviewed.appearance")
    said = str(item.get("datePublished") or "")[:10]
    dated = {"claim_date": said, "date_basis": "stated"} if said else {}
    author = value.get("author")
    read = incoming(
        "claim",
        Mark(
            name=str(value.get("@id") or value.get("url") or f"claim-review {address} {claim}"),
            article=address,
            creator=_person(author),
            texts=[claim],
            exact=claim,
            further={**dated, "note": _note(value, author)},
        ),
        line=line,
    )
    assert read.record is not None
    return replace(read, record={**read.record, "place": {**read.record["place"], "is_optional": True}})


def _object(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def _types(value: Mapping[str, Any]) -> list[Any]:
    kind = value.get("@type")
    return kind if isinstance(kind, list) else [kind]


def _appearance(item: Mapping[str, Any]) -> str:
    for name in ("firstAppearance", "appearance"):
        found = item.get(name)
        for each in found if isinstance(found, list) else [found]:
            address = each.get("url") or each.get("@id") if isinstance(each, dict) else each
            if isinstance(address, str) and address:
                return address
    return ""


def _person(author: Any) -> Any:
    if not isinstance(author, dict):
        return None
    name = str(author.get("name") or "")
    return {"id": str(author.get("url") or f"claim-review {name}"), "name": name}


def _note(value: Mapping[str, Any], author: Any) -> str:
    """What the other desk said of it, in a sentence."""
    rating = _object(value, "reviewRating")
    name = author.get("name") if isinstance(author, dict) else None
    parts = [rating.get("alternateName"), value.get("reviewBody") or rating.get("ratingExplanation"), name]
    parts += [value.get("datePublished"), value.get("url")]
    return " · ".join(str(part) for part in parts if part)


IMPORTER = Importer("claim-review", MEDIA_TYPES, read)
