"""Answers that say no with a reason a program can act on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException


class Refusal(APIException):
    """An error with further members for its problem document.

    :ivar field: the field at fault, or empty.
    :ivar members: what the document carries besides the standard members.
    """

    def __init__(self, detail: str | None = None, *, field: str = "", **members: Any) -> None:
        super().__init__(detail)
        self.field = field
        self.members = members


class NoSuchThing(Refusal):
    """A field refers to something that does not exist, or that the person may not know of."""

    status_code = status.HTTP_404_NOT_FOUND
    default_detail = _("There is no such thing that you may know of. Check the uid.")


class NoSuchName(Refusal):
    """A field names something that is on no list everybody may read: it is misspelt, and nothing is hidden."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_detail = NoSuchThing.default_detail


class NotTogether(Refusal):
    """Each value is one that its field may have, but they do not go together.

    :ivar errors: pairs of a field at fault and a sentence.
    """

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY

    def __init__(self, errors: Mapping[str, str | Promise]) -> None:
        super().__init__(" ".join(dict.fromkeys(str(message) for message in errors.values())))
        self.errors = tuple((field, str(message)) for field, message in errors.items())


class VersionMissing(Refusal):
    """A change without the version it is based on."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_detail = _("Say which version you have seen: If-Match with the ETag, or version in the body.")


class TagMalformed(Refusal):
    """``If-Match`` is no list of entity tags."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_detail = _("If-Match takes the ETag as it was answered, in its quotation marks.")


class VersionStale(Refusal):
    """The body names a version that is not the newest; ``current`` is the thing as it stands now."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = _("Somebody has changed this since. Look at “current”, and send the change with its version.")


class TagStale(Refusal):
    """``If-Match`` does not match; ``current`` is the thing as it stands now."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_detail = _("Somebody has changed this since. Look at “current”, and send the change with its ETag.")


class NoWords(Refusal):
    """The annotation is on the whole article, so it stands on no words that could be placed."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_detail = _("A tag on the whole article stands on no words.")
