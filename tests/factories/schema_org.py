"""Whether JSON-LD keeps to schema.org: types that exist, properties in their domain, values in their range."""

from __future__ import annotations

import csv
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[1] / "data" / "schema_org"
LITERALS = {"Text", "URL", "Date", "DateTime", "Number", "Integer", "Boolean", "Time"}
NUMBERS = {"Number", "Integer", "Text", "Float"}


@lru_cache(maxsize=1)
def terms() -> tuple[dict[str, list[str]], dict[str, tuple[set[str], set[str]]]]:
    """What each type is a kind of; for each property the types it belongs to and what it takes."""
    with (DATA / "types.csv").open(encoding="utf-8") as lines:
        types = {row["type"]: row["subTypeOf"].split() for row in csv.DictReader(lines)}
    with (DATA / "properties.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return types, {row["property"]: (set(row["domain"].split()), set(row["range"].split())) for row in rows}


def kinds(name: str) -> set[str]:
    """The type and all it is a kind of."""
    return {name}.union(*(kinds(parent) for parent in terms()[0].get(name, ())))


def complaints(node: Any, path: str = "$") -> list[str]:
    """What is wrong with a document; empty where nothing is."""
    if isinstance(node, list):
        return [said for each in node for said in complaints(each, path)]
    if not isinstance(node, dict):
        return []
    types, properties = terms()
    name = node.get("@type", "")
    found = [] if name in types else [f"{path}: no such type: {name!r}"]
    for member, value in node.items():
        if member.startswith("@"):
            continue
        if member not in properties:
            found.append(f"{path}.{member}: no such property")
            continue
        domain, allowed = properties[member]
        if not domain & kinds(name):
            found.append(f"{path}.{member}: not a property of {name}")
        for each in value if isinstance(value, list) else [value]:
            found += _of_value(each, allowed, f"{path}.{member}")
    return found


def _of_value(value: Any, allowed: set[str], path: str) -> list[str]:
    if isinstance(value, dict):
        fits = bool(kinds(value.get("@type", "")) & allowed)
        return [*([] if fits else [f"{path}: takes {sorted(allowed)}"]), *complaints(value, path)]
    wanted = NUMBERS if isinstance(value, int | float) else LITERALS
    is_address = isinstance(value, str) and value.startswith("http")
    return [] if allowed & wanted or is_address else [f"{path}: takes {sorted(allowed)}, not {value!r}"]


def documents_in(page: str) -> list[dict[str, Any]]:
    """The JSON-LD documents of a page."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    documents: list[dict[str, Any]] = json.loads(found[1])
    return documents
