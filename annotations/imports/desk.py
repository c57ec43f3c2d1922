"""Records of all types as :mod:`annotations.exports.desk` writes them, one JSON object per line.

Flat lines of :mod:`annotations.exports.ndjson` are read too: what such a row does not say gets its usual value, and
what it derives from checks (verdict, rating, qualifiers) is left out and said. Lines of a manifest are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO
from uuid import UUID, uuid5

from annotations.imports.fields import FIELDS
from annotations.imports.record import FOREIGN, Importer, Incoming, RecordRefused, lines_of, refused, value_of
from annotations.imports.shapes import checked

MEDIA_TYPES = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines")
DERIVED = ("verdict", "rating", "qualifiers", "check_state")


def read(file: BinaryIO) -> Iterator[Incoming]:
    """The records of a file in its order. A line that cannot be read comes as one without a record."""
    for line, body, end in lines_of(file):
        try:
            value = value_of(body)
            if isinstance(value, dict) and "manifest" in value and "type" not in value:
                continue
            yield incoming(value, line=line, end=end)
        except RecordRefused as error:
            yield refused(line, error, end=end)


def incoming(value: Any, *, line: int, end: int = 0) -> Incoming:
    """A record that was read.

    :raises RecordRefused: names the field at fault.
    """
    if not isinstance(value, dict):
        raise RecordRefused("The line is no JSON object.")
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in FIELDS:
        raise RecordRefused(
            f"There are no records of the type {str(kind)[:40]}; known are {', '.join(FIELDS)}.", field="type"
        )
    said = tuple(
        (name, f"{name} was left out: verdicts are given by the desk itself.") for name in DERIVED if value.get(name)
    )
    if "anchors" not in value and "annotator_uid" in value:
        value = unflattened(value)
    else:
        said = ()
    record = {"type": kind, **checked(value, FIELDS[kind])}
    people = {record["created_by"]: record["annotator"]} if "annotator" in record else {}
    if kind == "person":
        people = {record["uid"]: record["name"]}
    speakers = {record["speaker"]: record["speaker_name"]} if record.get("speaker_name") and record["speaker"] else {}
    return Incoming(line, record, said, end, people=people, speakers=speakers)


def unflattened(row: Mapping[str, Any]) -> dict[str, Any]:
    """A flat row with what it does not say: the record of a mark with one anchor, on the text it stands on.

    :raises RecordRefused: when a field that every row has is missing.
    """
    try:
        return _unflattened(row)
    except KeyError as error:
        raise RecordRefused(f"{error.args[0]} is missing.", field=str(error.args[0])) from error


def _unflattened(row: Mapping[str, Any]) -> dict[str, Any]:
    made = {"created_by": row["annotator_uid"], "created_at": row["created_at"]}
    is_decided = row["origin"] not in {"human", "suggested"}
    shared = {
        "uid": row["uid"],
        "article": row["article"],
        **_place(row, made),
        "note": row.get("note") or "",
        "origin": row["origin"],
        "proposer": "" if row["origin"] == "human" else (row.get("proposer") or "unknown"),
        "proposer_version": row.get("proposer_version") or "",
        "confidence": row.get("confidence"),
        "rule": row.get("rule") or "",
        # A row does not say who decided; whoever made it stands for them.
        "decided_by": row["annotator_uid"] if is_decided else None,
        "decided_at": row["created_at"] if is_decided else None,
        "retracted_by": None,
        "retracted_at": None,
        "retraction_reason": "",
        "version": row["version"],
        **made,
        "annotator": row["annotator"],
    }
    return {**shared, **_OF_TYPES[row["type"]](row)}


def _place(row: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    if row["exact"] is None:
        return {"span": None, "anchors": []}
    uid = UUID(str(row["uid"]))
    anchor = {
        "uid": str(uuid5(FOREIGN, f"anchor {uid}")),
        "revision": row["revision"],
        "text_sha256": row["text_sha256"],
        "sequence": 1,
        "start": row["start"],
        "end": row["end"],
        "exact": row["exact"],
        "prefix": row.get("prefix") or "",
        "suffix": row.get("suffix") or "",
        "state": row["state"],
        "reason": "imported",
        "is_current": True,
        **made,
    }
    return {"span": str(uuid5(FOREIGN, f"span {uid}")), "anchors": [anchor]}


def _quote(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "speaker": row["speaker_uid"],
        "speaker_name": row["speaker"],
        "kind": row["kind"],
        "cue": row.get("cue") or "",
        "mention": row.get("mention") or "",
        "language": row.get("language") or "",
        "wording": row.get("wording") or "unknown",
        "proposed_speaker": None,
    }


def _claim(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "project": None,
        "quote": row.get("quote"),
        "canonical": row["canonical"],
        "claimant": row["claimant"],
        "speaker": row["speaker_uid"],
        "speaker_name": row["speaker"],
        "claim_date": row.get("claim_date"),
        "date_basis": row.get("date_basis") or "unknown",
        "date_note": "",
        "claim_type": row["kind"],
        "checkable": row.get("checkable") or "yes",
        "checkable_reason": "",
        "priority": row.get("priority", 2),
        "risk": "normal",
        "risk_reason": "",
        "same_as": None,
    }


def _bias_tag(row: Mapping[str, Any]) -> dict[str, Any]:
    secondary = row["secondary"] or []
    return {
        "project": None,
        "level": row["level"],
        "codebook": row["codebook"],
        "category": row["category"],
        "category_uid": str(uuid5(FOREIGN, f"{row['codebook']} {row['category']}")),
        "secondary": secondary,
        "severity": row["severity"],
        "polarity": row["polarity"],
        "secondary_uids": [str(uuid5(FOREIGN, f"{row['codebook']} {slug}")) for slug in secondary],
        "target": row["target"] or "",
        "voice": row["voice"],
        "neutral_alternative": row.get("neutral_alternative") or "",
    }


_OF_TYPES = {"quote": _quote, "claim": _claim, "bias_tag": _bias_tag}

IMPORTER = Importer("ndjson", MEDIA_TYPES, read)
