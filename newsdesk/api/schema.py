"""What the schema says of every address alike: how errors look, and the headers that writing knows."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from django.utils.translation import get_language
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.generators import SchemaGenerator

from articles.api.fields import Slug, StoredText, Text
from newsdesk.api.idempotency import HEADER, LONGEST_KEY
from newsdesk.api.problems import MEDIA_TYPE
from newsdesk.api.shaping import EXPAND, FIELDS

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
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
    "description": "A request that is sent twice under one key acts once and is answered alike.",
}
LINKED_DATA = "application/ld+json"
WITHOUT_NUL = r"^[^\x00]*$"
SLUG = r"^[-a-zA-Z0-9_]+$"
# What articles.anchoring.text.normalise lets in; line ends of all kinds become one.
OF_A_TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e]*$"
WITH_WORDS = r"^[^\x00]*[^\x00-\x20\s][^\x00]*$"
# Entity tags, or * (RFC 9110, section 13.1.1).
IF_MATCH_PATTERN = r'^(\*|(W/)?"[!#-~]*"(, ?(W/)?"[!#-~]*")*)$'
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "schema": {"type": "string", "pattern": IF_MATCH_PATTERN},
    "description": "The ETag of the version the change is based on; otherwise the body says it.",
}
SAYS_WHAT_WAS_SEEN = frozenset({"version", "base_revision"})


def describe_alike(result: dict[str, Any], **_unused: Any) -> dict[str, Any]:
    """Add the problem document to every answer, headers to what writes, and a line to each address that sums it up."""
    schemas = result["components"]["schemas"]
    for name, schema in schemas.items():
        if name.endswith("Request"):
            _close(schema)
        _part_null(schema)
    schemas["Problem"] = PROBLEM
    for method, operation in _operations(result):
        operation["responses"]["default"] = ANY_ERROR
        operation.setdefault("summary", _first_sentence(operation["description"]))
        _describe_shapes(operation, schemas)
        _describe_linked_data(operation)
        parameters = operation.setdefault("parameters", [])
        for parameter in parameters:
            _refuse_nul(parameter["schema"])
        if method == "post":
            parameters.append(IDEMPOTENCY_KEY)
        if method == "patch" or _may_say_what_was_seen(operation, result):
            parameters.append(IF_MATCH)
    return result


def _close(schema: dict[str, Any]) -> None:
    """Say that a body has no other members, which would be refused."""
    if "properties" in schema:
        schema.setdefault("additionalProperties", False)


def _refuse_nul(schema: dict[str, Any]) -> None:
    if schema.get("type") == "string" and not {"enum", "format", "pattern"} & set(schema):
        schema["pattern"] = WITHOUT_NUL


def _part_null(schema: dict[str, Any]) -> None:
    """Say of a member that may be null what else it may be apart from that, so that a format is not read as a hint."""
    for name, member in schema.get("properties", {}).items():
        kinds = member.get("type")
        if isinstance(kinds, list) and "format" in member:
            beside = {key: member.pop(key) for key in ("readOnly", "title", "description") if key in member}
            value = {**member, "type": next(kind for kind in kinds if kind != "null")}
            schema["properties"][name] = {"anyOf": [value, {"type": "null"}], **beside}


def _describe_shapes(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Say that ``fields`` leaves members out, and ``expand`` puts what a uid names in its place."""
    parameters = {parameter["name"]: parameter for parameter in operation.get("parameters", ())}
    if FIELDS not in parameters:
        return
    content = operation["responses"]["200"]["content"]["application/json"]
    whole = content["schema"]["$ref"].rpartition("/")[2]
    shown = whole
    if results := schemas[whole]["properties"].get("results"):
        shown = results["items"]["$ref"].rpartition("/")[2]
    expanded = parameters[EXPAND]["schema"]["items"]["enum"] if EXPAND in parameters else ()
    schemas[f"{shown}Shaped"] = _shape_of(schemas[shown], expanded)
    if results:
        shaped = copy.deepcopy(schemas[whole])
        shaped["properties"]["results"]["items"] = {"$ref": f"#/components/schemas/{shown}Shaped"}
        schemas[f"{whole}Shaped"] = shaped
    content["schema"] = {"anyOf": [content["schema"], {"$ref": f"#/components/schemas/{whole}Shaped"}]}


def _describe_linked_data(operation: dict[str, Any]) -> None:
    """Say of an answer that may be asked for as linked data that it is a document of another kind then."""
    for response in operation["responses"].values():
        content = response.get("content", {})
        if {"application/json", LINKED_DATA} <= content.keys():
            content[LINKED_DATA] = {"schema": {"type": "object", "additionalProperties": True}}


def _shape_of(schema: dict[str, Any], expanded: Collection[str]) -> dict[str, Any]:
    members = {
        name: {"anyOf": [member, {"type": "object", "additionalProperties": True}]} if name in expanded else member
        for name, member in schema["properties"].items()
    }
    description = "The same, with the `fields` asked for, and what was to `expand`."
    return {"type": "object", "description": description, "additionalProperties": False, "properties": members}


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


class TextSchema(OpenApiSerializerFieldExtension):
    """What a text may hold: no NUL; where it may not be blank something besides space, which is cut off."""

    target_class = Text
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        schema: dict[str, Any] = auto_schema._map_serializer_field(self.target, direction, bypass_extensions=True)
        if direction == "request" and schema.get("type") == "string" and not schema.get("format"):
            is_cut = self.target.trim_whitespace and not self.target.allow_blank
            schema["pattern"] = self._pattern() or (WITH_WORDS if is_cut else WITHOUT_NUL)
        return schema

    def _pattern(self) -> str:
        if isinstance(self.target, Slug):
            return SLUG
        return OF_A_TEXT if isinstance(self.target, StoredText) else ""


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
