"""Fields that take a value as it is: no number for a text, no text for a number."""

from __future__ import annotations

import base64
import binascii
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.validators import validate_slug
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.api.refusals import NoSuchName, NoSuchThing
from articles.ingest.decoding import MAX_BYTES

LARGEST = 2**31 - 1


class Text(serializers.CharField):
    """A string, and nothing that could be turned into one."""

    default_error_messages = {"blank": _("This is empty. Write what belongs here.")}

    def to_internal_value(self, value: Any) -> str:
        if not isinstance(value, str):
            self.fail("invalid")
        return super().to_internal_value(value)


class Slug(Text):
    """A name that stands in addresses: ASCII letters, digits, hyphens and underscores."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validators=[validate_slug], **options)


class StoredText(Text):
    """A text that is kept whole. Whether it is empty is for the operation to say, which knows what to do about it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_blank=True, **options)

    def to_internal_value(self, value: Any) -> str:
        """:raises ValidationError: when it is longer than any text of the desk may be."""
        text = super().to_internal_value(value)
        refuse_too_long(len(text.encode("utf-8", "surrogatepass")))
        return text


def refuse_too_long(size: int, *, field: str = "") -> None:
    """Refuse a text of ``size`` bytes in UTF-8 when no text of the desk may be as long.

    :raises ValidationError: saying the limit; about ``field``, or the field that asks.
    """
    if size <= MAX_BYTES:
        return
    message = _("The text has %(size).1f MiB and the limit is %(limit)d. Bring it in as several pieces.")
    detail = [message % {"size": size / 1024**2, "limit": MAX_BYTES // 1024**2}]
    raise serializers.ValidationError({field: detail} if field else detail)


@extend_schema_field(OpenApiTypes.BYTE)
class EncodedBytes(Text):
    """Bytes, written in base64 as JSON has no other way."""

    default_error_messages = {"encoding": _("Give the bytes in base64.")}

    def to_internal_value(self, value: Any) -> Any:
        try:
            return base64.b64decode(super().to_internal_value(value), validate=True)
        except binascii.Error:
            self.fail("encoding")


class Address(serializers.URLField):
    """A web address, given as a string."""

    def to_internal_value(self, value: Any) -> str:
        if not isinstance(value, str):
            self.fail("invalid")
        return super().to_internal_value(value)


class WholeNumber(serializers.IntegerField):
    """A whole number the database can hold."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_value", LARGEST)
        super().__init__(**options)

    def to_internal_value(self, value: Any) -> int:
        # JSON knows one kind of numbers: 3.0 is a whole one (JSON Schema 2020-12, section 6.1.1 of Validation).
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self.fail("invalid")
        return super().to_internal_value(value)


class Number(serializers.FloatField):
    """A number, given as one."""

    def to_internal_value(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fail("invalid")
        return super().to_internal_value(value)


class Choice(serializers.ChoiceField):
    """One of the listed values, in its own type."""

    default_error_messages = {"invalid_choice": _("Give one of {known}.")}

    def to_internal_value(self, value: Any) -> Any:
        if value == "" and self.allow_blank:
            return ""
        if value not in [*self.choices] or isinstance(value, bool):
            self.fail("invalid_choice", known=", ".join(str(each) for each in self.choices))
        return super().to_internal_value(value)


@extend_schema_field(OpenApiTypes.UUID)
class Reference(serializers.Field[Any, Any, Any, Any]):
    """Another thing by its uid, among those the person may know of.

    :param among: what the person asking may know of.
    :ivar may_be_hidden: whether there are such things that some people may not know of. A name that fits nothing in a
        list open to everybody is only misspelt.
    """

    may_be_hidden = True
    default_error_messages = {"invalid": _("Give a uid.")}

    def __init__(self, among: Callable[[Any], QuerySet[Any]], **options: Any) -> None:
        self.among = among
        super().__init__(**options)

    def to_internal_value(self, value: Any) -> Any:
        """:raises NoSuchThing: when there is none with this uid for the person.

        :raises NoSuchName: instead, where nothing is hidden from anybody.
        """
        found = self._find(value)
        if found is None and not self.may_be_hidden:
            raise NoSuchName(field=self.field_name or "")
        if found is None:
            raise NoSuchThing(field=self.field_name or "")
        return found

    def _find(self, value: Any) -> Any:
        return self.among(self.context["request"].user).filter(uid=self._uid(value)).first()

    def _uid(self, value: Any) -> uuid.UUID:
        if not isinstance(value, str):
            self.fail("invalid")
        try:
            return uuid.UUID(value)
        except ValueError:
            self.fail("invalid")

    def to_representation(self, value: Any) -> str:
        return str(value.uid)


def people(_person: Any) -> QuerySet[Any]:
    """Everybody with an open account; names of colleagues are no secret on a desk."""
    return get_user_model()._default_manager.filter(is_active=True)
