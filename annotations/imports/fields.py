"""What the fields of records hold, by the types of records: shapes only. What may be chosen the database says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from annotations.imports.record import RecordRefused

LARGEST = 2_147_483_647  # of an integer in the database
_LONE = re.compile("[\x00\ud800-\udfff]")

Check = Callable[[Any], Any]


def _say(value: object, wanted: str) -> Any:
    raise RecordRefused(f"must be {wanted}, not {str(value)[:40]!r}.")


def text(value: Any) -> str:
    if not isinstance(value, str):
        _say(value, "a string")
    if _LONE.search(value):
        raise RecordRefused("holds characters that no text has (U+0000 or half of a surrogate pair).")
    return str(value)


def uid(value: Any) -> str:
    try:
        return str(UUID(value)) if isinstance(value, str) else _say(value, "a uid")
    except ValueError:
        return str(_say(value, "a uid"))


def moment(value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else _say(value, "a moment")
    except ValueError:
        found = _say(value, "a moment such as 2025-05-13T12:00:00Z")
    if found.tzinfo is None:
        _say(value, "a moment with its offset from UTC")
    return datetime.fromisoformat(found.isoformat())


def day(value: Any) -> date:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else _say(value, "a day")
    except ValueError:
        return _say(value, "a day such as 2025-05-13")  # type: ignore[no-any-return]


def whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
        _say(value, "a whole number")
    return int(value)


def number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        _say(value, "a number")
    return float(value)


def truth(value: Any) -> bool:
    return value if isinstance(value, bool) else _say(value, "true or false")


def anything(value: Any) -> Any:
    return value


def many(check: Check) -> Check:
    def checked(value: Any) -> list[Any]:
        if not isinstance(value, list):
            _say(value, "a list")
        return [check(each) for each in value]

    return checked


def one(fields: Mapping[str, Check]) -> Check:
    return lambda value: checked(value, fields) if isinstance(value, dict) else _say(value, "an object")


def perhaps(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def checked(record: Mapping[str, Any], fields: Mapping[str, Check]) -> dict[str, Any]:
    """The fields of a record with their values as Python has them.

    :raises RecordRefused: names the field that is missing, unknown or of another type.
    """
    values: dict[str, Any] = {}
    for name, check in fields.items():
        if name not in record:
            raise RecordRefused(f"{name} is missing.", field=name)
        try:
            values[name] = check(record[name])
        except RecordRefused as error:
            inner = f"{name}.{error.field}" if error.field else name
            raise RecordRefused(str(error) if error.field else f"{name} {error}", field=inner) from error
    if unknown := sorted(set(record) - set(fields) - {"type"}):
        raise RecordRefused(f"There is no field {unknown[0][:60]} here.", field=unknown[0][:60])
    return values


_MADE: dict[str, Check] = {"created_by": uid, "created_at": moment}

_ANCHOR: dict[str, Check] = {
    "uid": uid,
    "revision": whole,
    "text_sha256": text,
    "sequence": whole,
    "start": perhaps(whole),
    "end": perhaps(whole),
    "exact": text,
    "prefix": text,
    "suffix": text,
    "state": text,
    "reason": text,
    "is_current": truth,
    **_MADE,
}
_PLACE: dict[str, Check] = {"uid": uid, "article": uid, "span": perhaps(uid), "anchors": many(one(_ANCHOR))}
_JUDGED: dict[str, Check] = {
    "note": text,
    "origin": text,
    "proposer": text,
    "proposer_version": text,
    "confidence": perhaps(number),
    "rule": text,
    "decided_by": perhaps(uid),
    "decided_at": perhaps(moment),
    "retracted_by": perhaps(uid),
    "retracted_at": perhaps(moment),
    "retraction_reason": text,
    "version": whole,
    **_MADE,
    "annotator": text,
}
_RIGHTS: dict[str, Check] = {"rights": text, "rights_terms": text, "rights_end_date": perhaps(day)}
_ACCESS: dict[str, Check] = {"access": text, "access_reason": text, "is_demonstration": truth}

# The fields of :data:`annotations.exports.desk.KINDS`, in the same order.
FIELDS: Mapping[str, Mapping[str, Check]] = {
    "person": {"uid": uid, "name": text},
    "speaker": {
        "uid": uid,
        "name": text,
        "kind": text,
        "title": text,
        "affiliation": text,
        "aliases": many(text),
        "merged_into": perhaps(uid),
        "is_demonstration": truth,
        "version": whole,
        **_MADE,
    },
    "source": {
        "uid": uid,
        "title": text,
        "publisher": text,
        "kind": text,
        "url": text,
        "url_note": text,
        "published_date": perhaps(day),
        "obtained_from": text,
        "interests": text,
        "language": text,
        **_RIGHTS,
        **_ACCESS,
        "version": whole,
        **_MADE,
        "snapshots": many(
            one(
                {
                    "uid": uid,
                    "number": whole,
                    "text": text,
                    "text_sha256": text,
                    "basis": text,
                    "captured_at": moment,
                    "note": text,
                    **_MADE,
                }
            )
        ),
    },
    "codebook": {
        "uid": uid,
        "name": text,
        "number": whole,
        "created_by": perhaps(uid),
        "created_at": perhaps(moment),
        "categories": many(
            one(
                {
                    "uid": uid,
                    "order": whole,
                    "slug": text,
                    "name": text,
                    "family": text,
                    "definition": text,
                    "levels": many(text),
                    "maps_to": text,
                }
            )
        ),
    },
    "project": {
        "uid": uid,
        "slug": text,
        "name": text,
        "codebook": uid,
        "guidelines": text,
        "suggestion_policy": text,
        "suggestion_rules": many(text),
        "is_blind": truth,
        "version": whole,
        **_MADE,
    },
    "article": {
        "uid": uid,
        "slug": text,
        "language": text,
        "outlet": text,
        "byline": text,
        "dateline": text,
        "credit": text,
        "section": text,
        "canonical_url": text,
        "published_at": perhaps(moment),
        "date_basis": text,
        "date_note": text,
        "received_at": moment,
        "embargo_until": perhaps(moment),
        **_RIGHTS,
        "usage_terms": text,
        "editor_note": text,
        **_ACCESS,
        **_MADE,
        "revisions": many(
            one(
                {
                    "uid": uid,
                    "number": whole,
                    "headline": text,
                    "blocks": many(anything),
                    "text": text,
                    "text_sha256": text,
                    "removed": many(anything),
                    "note": text,
                    **_MADE,
                }
            )
        ),
    },
    "quote": {
        **_PLACE,
        "speaker": perhaps(uid),
        "kind": text,
        "cue": text,
        "mention": text,
        "language": text,
        "wording": text,
        "proposed_speaker": perhaps(one({"name": text, "title": text, "affiliation": text, "why_unnamed": text})),
        **_JUDGED,
        "speaker_name": perhaps(text),
    },
    "claim": {
        **_PLACE,
        "project": perhaps(text),
        "quote": perhaps(uid),
        "canonical": text,
        "claimant": text,
        "speaker": perhaps(uid),
        "claim_date": perhaps(day),
        "date_basis": text,
        "date_note": text,
        "claim_type": text,
        "checkable": text,
        "checkable_reason": text,
        "priority": whole,
        "risk": text,
        "risk_reason": text,
        "same_as": perhaps(uid),
        **_JUDGED,
        "speaker_name": perhaps(text),
    },
    "bias_tag": {
        **_PLACE,
        "project": perhaps(text),
        "level": text,
        "codebook": text,
        "category": text,
        "category_uid": uid,
        "secondary": many(text),
        "secondary_uids": many(uid),
        "severity": whole,
        "polarity": whole,
        "target": text,
        "voice": text,
        "neutral_alternative": text,
        **_JUDGED,
    },
    "evidence": {
        "uid": uid,
        "claim": uid,
        "snapshot": uid,
        "start": whole,
        "end": whole,
        "excerpt": text,
        "stance": text,
        "question": text,
        "found_query": text,
        "found_rank": perhaps(whole),
        "found_score": perhaps(number),
        "detached_by": perhaps(uid),
        "detached_at": perhaps(moment),
        "version": whole,
        **_MADE,
        "annotator": text,
    },
    "reading": {
        "uid": uid,
        "project": perhaps(text),
        "article": uid,
        "revision": whole,
        "codebook": uid,
        "submitted_at": perhaps(moment),
        "findings": many(one({"uid": uid, "start": whole, "end": whole, "finding": text, "sequence": whole, **_MADE})),
        "version": whole,
        **_MADE,
    },
}
