"""Whether documents keep to the Web Annotation Data Model, by the JSON Schemas of the W3C's own test suite."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

DATA = Path(__file__).resolve().parents[1] / "data" / "w3c_web_annotation"
OF_ANNOTATIONS = "annotations/annotationMusts.test"
OF_COLLECTIONS = "collections/collectionMusts.test"
OF_PAGES = "collections/pages/pageMusts.test"


@lru_cache(maxsize=1)
def _schemas() -> tuple[dict[str, Any], Registry[Any]]:
    """Every schema by its path, and the registry by which they find each other."""
    schemas, registry = {}, Registry[Any]()
    for path in sorted(DATA.rglob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        schemas[path.relative_to(DATA).as_posix()] = schema
        resource = Resource.from_contents(schema, default_specification=DRAFT4)
        for name in {schema.get("id"), path.name, f"definitions/{path.name}"} - {None}:
            registry = registry.with_resource(name, resource)
    return schemas, registry


def broken_musts(document: Any, suite: str = OF_ANNOTATIONS) -> list[str]:
    """The assertions of a suite that do not hold for a document."""
    schemas, registry = _schemas()
    broken = []
    for name in json.loads((DATA / suite).read_text(encoding="utf-8"))["assertions"]:
        is_valid = Draft4Validator(schemas[name], registry=registry).is_valid(document)
        if is_valid != (schemas[name].get("expectedResult", "valid") == "valid"):
            broken.append(name)
    return broken
