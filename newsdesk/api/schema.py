"""What the schema says of every address alike: how errors look, and the headers that writing knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator

from newsdesk.api.idempotency import HEADER, LONGEST_KEY
from newsdesk.api.problems import MEDIA_TYPE

PROBLEM = {
    "type": "object",
    "description": "An error (RFC 9457). Some carry more: the thing as it stands now, the words expected.",
    "required": ["type", "title", "status", "detail", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "current": {"type": "object", "description": "The thing as it stands now, when a change was stale."},
    },
}
ANY_ERROR = {
    "description": "An error",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": HEADER,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    "description": "A request that is sent twice under one key acts once and is answered alike.",
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "schema": {"type": "string"},
    "description": "The ETag of the version the change is based on; otherwise the body says it.",
}
SAYS_WHAT_WAS_SEEN = frozenset({"version", "base_revision"})


def describe_alike(result: dict[str, Any], **_unused: Any) -> dict[str, Any]:
    """Add the problem document to every answer, headers to what writes, and a line to each address that sums it up."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    for method, operation in _operations(result):
        operation["responses"]["default"] = ANY_ERROR
        operation.setdefault("summary", _first_sentence(operation["description"]))
        parameters = operation.setdefault("parameters", [])
        if method == "post":
            parameters.append(IDEMPOTENCY_KEY)
        if method == "patch" or _may_say_what_was_seen(operation, result):
            parameters.append(IF_MATCH)
    return result


def _first_sentence(description: str) -> str:
    words = " ".join(description.split())
    return words.partition(". ")[0].removesuffix(".")


def _operations(result: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in result["paths"].values():
        yield from path.items()


def _may_say_what_was_seen(operation: dict[str, Any], result: dict[str, Any]) -> bool:
    """Whether the body has an optional version, which the header can say in its stead."""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    name = body.get("$ref", "").rpartition("/")[2]
    schema = result["components"]["schemas"].get(name, {})
    return bool(SAYS_WHAT_WAS_SEEN & (set(schema.get("properties", {})) - set(schema.get("required", []))))


class RememberedSchema(SchemaGenerator):
    """Builds the schema once in each language: it says the same to everybody, and building it takes a second."""

    _built: ClassVar[dict[str, Any]] = {}

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        if not public:
            return super().get_schema(request, public)
        language = get_language() or ""
        if language not in self._built:
            self._built[language] = super().get_schema(request, public)
        return self._built[language]
