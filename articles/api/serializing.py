"""How nouns are read from requests and written into answers."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from articles.api.fields import Address, Choice, Number, Text, WholeNumber


class _FieldsOnce:
    """Looks the fields of a model up once per class and copies them, because requests make many serializers."""

    def get_fields(self) -> dict[str, Any]:
        kind: Any = type(self)
        if "_looked_up" not in kind.__dict__:
            parent: Any = super()
            kind._looked_up = parent.get_fields()
        return copy.deepcopy(kind._looked_up)


class Representation(_FieldsOnce, serializers.ModelSerializer[Any]):
    """A noun as it is answered. Never read from a request."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        # An address that is not known is an empty string, which is none in the eyes of a schema.
        models.URLField: serializers.CharField,
    }


def no_such_field(known: Collection[str]) -> str:
    """What a field that does not exist is answered with: which ones do."""
    return _("There is no such field. Known are: %(names)s.") % {"names": ", ".join(sorted(known))}


class _Strict:
    """Refuses names that are no field, beside whatever else is wrong."""

    fields: Any

    def to_internal_value(self, given: Any) -> Any:
        unknown = set(given) - self._writable_names() if isinstance(given, Mapping) else set()
        errors: dict[str, Any] = {name: [no_such_field(self._writable_names())] for name in sorted(unknown)}
        parent: Any = super()
        try:
            values = parent.to_internal_value(given)
        except ValidationError as error:
            if isinstance(error.detail, dict):
                errors.update(error.detail)
            raise ValidationError(errors or error.detail) from error
        if errors:
            raise ValidationError(errors)
        return values

    def _writable_names(self) -> set[str]:
        return {name for name, field in self.fields.items() if not field.read_only}


class Body(_Strict, serializers.Serializer[Any]):
    """The body of a request that is not about the columns of one table."""


class NounBody(_FieldsOnce, _Strict, serializers.ModelSerializer[Any]):
    """The body of a request that makes or changes a noun: its columns, checked as the model has them."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.CharField: Text,
        models.TextField: Text,
        models.URLField: Address,
        models.FloatField: Number,
        models.PositiveIntegerField: WholeNumber,
        models.PositiveSmallIntegerField: WholeNumber,
    }
    serializer_choice_field = Choice

    def get_validators(self) -> list[Any]:
        """None: what rows must obey among each other is the database's to say."""
        return []


class VersionSeen(Body):
    """What a change must say: which version its writer has seen, unless ``If-Match`` says it."""

    version = WholeNumber(required=False, min_value=1)


class Retraction(VersionSeen):
    """Taking an annotation back."""

    reason = Text(required=False, allow_blank=True, max_length=500, default="")


class Person(serializers.Serializer[Any]):
    """Somebody on the desk."""

    uid = serializers.UUIDField(read_only=True)
    name = serializers.CharField(source="__str__", read_only=True)


class NoPlace(Body):
    """That words stand nowhere in the newest text, as somebody saw it."""

    base_revision = WholeNumber(min_value=1, help_text="The number of the revision in which they do not stand.")


class Place(Body):
    """Words in one text of an article, as the writer saw them. Offsets are half-open, in code points."""

    base_revision = WholeNumber(min_value=1, help_text="The number of the revision the offsets count in.")
    start = WholeNumber(min_value=0)
    end = WholeNumber(min_value=1)
    exact = Text(trim_whitespace=False, help_text="The words at the offsets.")
    text_sha256 = Text(min_length=64, max_length=64, help_text="The SHA-256 of the text the offsets count in.")
