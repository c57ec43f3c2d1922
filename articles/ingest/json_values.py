"""JSON from outside: one value, an array, or values one after another, within limits of size and depth."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.ingest.record import ReadingRefused

MAX_DEPTH = 100
STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{]|[]}]', re.DOTALL)
BLANK_OR_COMMA = re.compile(r"[\s,\x1e]*")


@dataclass(frozen=True, slots=True)
class Broken:
    """The place, in code points, where the rest could no longer be read."""

    offset: int
    reason: str


def refuse_depth(text: str) -> None:
    """Refuse values nested deeper than any wire nests them.

    :raises ReadingRefused: naming the limit.
    """
    depth = 0
    for token in STRING_OR_BRACKET.finditer(text):
        first = text[token.start()]
        if first in "[{":
            depth += 1
        elif first in "]}":
            depth -= 1
        if depth > MAX_DEPTH:
            raise ReadingRefused(
                field="text", reason=f"The JSON is nested more than {MAX_DEPTH} deep. Ask its sender for plain items."
            )


def values(text: str) -> Iterator[object]:
    """The items of an array, or values that stand one after another; what comes after a break is one ``Broken``.

    :raises ReadingRefused: nested too deep; see :func:`refuse_depth`.
    """
    refuse_depth(text)
    text = text.removeprefix("\ufeff")
    start = _next(text, 0)
    in_array = text.startswith("[", start)
    yield from _values_from(text, _next(text, start + 1) if in_array else start, in_array=in_array)


def _next(text: str, position: int) -> int:
    found = BLANK_OR_COMMA.match(text, position)
    return found.end() if found else position


def _values_from(text: str, position: int, *, in_array: bool) -> Iterator[object]:
    decoder = json.JSONDecoder(parse_constant=_refuse_constant)
    while position < len(text):
        if in_array and text[position] == "]":
            return
        try:
            value, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            yield Broken(position, f"{error}.".replace("..", "."))
            # Where values stand on lines of their own, the next line may be whole.
            if in_array:
                return
            position = _next_line_of_object(text, position)
            continue
        yield value
        position = _next(text, end)
    if in_array:
        yield Broken(len(text), "The array does not end.")


def _next_line_of_object(text: str, position: int) -> int:
    found = text.find("\n{", position)
    return len(text) if found < 0 else found + 1


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON number.")
