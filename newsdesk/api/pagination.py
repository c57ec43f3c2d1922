from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError as NoSuchValue
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

# Between the names in a cursor of a thing that needs several.
BESIDE = "|"


class NewestFirst(CursorPagination):
    """Pages in the order things were made, newest first, at the same cost however far one goes.

    Keys rise in that order and are unique, so many things made in one moment never overlap between pages. A key would
    also tell how many there are, so a cursor names the last thing as everybody else does: by its uid, or by the
    lookups that a view gives as ``named_by``. Its key is looked up when the cursor comes back.
    """

    ordering = ("-id",)
    page_size_query_param = "page_size"
    max_page_size = 500

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any] | None:
        """:raises ValidationError: when the cursor or the size is not one that a page can have."""
        assert isinstance(queryset, QuerySet)
        self.rows = queryset
        self.named_by: Sequence[str] = getattr(view, "named_by", ("uid",))
        return super().paginate_queryset(queryset, request, view)

    def decode_cursor(self, request: Request) -> Cursor | None:
        """:raises ValidationError: when the cursor is not one that a page has given."""
        try:
            cursor = super().decode_cursor(request)
        except NotFound as error:
            raise self._refused() from error
        if cursor is None or cursor.position is None:
            return cursor
        key = self._key_of(str(cursor.position))
        if key is None:
            raise self._refused()
        return cursor._replace(position=key)

    def get_page_size(self, request: Request) -> int | None:
        """:raises ValidationError: when the size is not a whole number from 1."""
        asked = request.query_params.get(self.page_size_query_param)
        if asked is not None and not (asked.isascii() and asked.isdigit() and int(asked[:9]) > 0):
            message = _("Give a whole number from 1 to %(most)d.") % {"most": self.max_page_size}
            raise ValidationError({self.page_size_query_param: [message]})
        return super().get_page_size(request)

    def _key_of(self, position: str) -> int | None:
        """The key of the thing that a cursor names; None when it names nothing."""
        names = position.split(BESIDE)
        if len(names) != len(self.named_by):
            return None
        everything = self.rows.model._base_manager.order_by()
        try:
            named = everything.filter(**dict(zip(self.named_by, names, strict=True)))
        except (NoSuchValue, ValueError):
            return None
        key: int | None = named.values_list("pk", flat=True).first()
        return key

    def _get_position_from_instance(self, instance: Any, ordering: Sequence[str]) -> str:
        return BESIDE.join(_name_of(instance, path) for path in self.named_by)

    def _refused(self) -> ValidationError:
        message = _("This cursor is of no page. Follow “next” and “previous” as they are given.")
        return ValidationError({self.cursor_query_param: [message]})

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        return self.ordering


def _name_of(instance: Any, path: str) -> str:
    for step in path.split("__"):
        instance = getattr(instance, step)
    return str(instance)
