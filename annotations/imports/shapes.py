"""Shapes that the fields of records have. What may be chosen the database says."""

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


def one(fields: Mapping[str, Check], further: Mapping[str, Check] | None = None) -> Check:
    """An object with these fields.

    :param further: those that it may do without.
    """

    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            _say(value, "an object")
        there = {name: each for name, each in (further or {}).items() if name in value}
        return checked(value, {**fields, **there})

    return check


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
