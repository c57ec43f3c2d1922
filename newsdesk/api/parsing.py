"""JSON taken at its word: what other parsers pass over in silence is refused here."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.parsers import BaseParser


class BodyTooLarge(APIException):
    """The body is larger than the desk takes in one request."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"


def too_large() -> str:
    """What a body is answered with that is larger than the desk takes in one request."""
    message = _("The body is larger than %(limit).1f MiB, the most that is taken in one request. Send it in parts.")
    return message % {"limit": (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) / 1024**2}


class StrictJSONParser(BaseParser):
    """UTF-8 JSON without duplicate keys, NaN, NULs or lone surrogates, at most the size the settings allow."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The value in the body.

        :raises BodyTooLarge: when there are more bytes than ``DATA_UPLOAD_MAX_MEMORY_SIZE``.
        :raises ParseError: when they are not JSON as RFC 8259 has it.
        :raises ValidationError: naming the field whose string no database could keep.
        """
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        content = stream.read(limit + 1)
        if len(content) > limit:
            raise BodyTooLarge(too_large())
        try:
            parsed = _DECODER.decode(content.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise ParseError(_("The body is not UTF-8. Encode it so and send it again.")) from error
        except RecursionError as error:
            raise ParseError(_("The body is nested too deeply.")) from error
        except ValueError as error:
            raise ParseError(_("The body is not JSON: %(why)s.") % {"why": error}) from error
        if b"\\u" in content:  # only an escape can bring in what UTF-8 and JSON refuse by themselves
            _refuse_unstorable(parsed, ())
        return parsed


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} stands in it twice")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits} is too large")
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_without_duplicates, parse_constant=_refuse_constant, parse_float=_finite)


def _refuse_unstorable(value: Any, path: tuple[str, ...]) -> None:
    if isinstance(value, dict):
        for name, each in value.items():
            _refuse_unstorable(name, path)
            _refuse_unstorable(each, (*path, name))
    elif isinstance(value, list):
        for position, each in enumerate(value):
            _refuse_unstorable(each, (*path, str(position)))
    elif isinstance(value, str) and any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in value):
        field = ".".join(path).encode("utf-8", "replace").decode().replace("\0", "?") or "body"
        raise ValidationError(
            {field: [_("This holds a NUL or half of a surrogate pair, which no text may. Take it out.")]}
        )
