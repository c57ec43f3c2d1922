from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request


class NewestFirst(CursorPagination):
    """Pages in the order things were made, newest first, at the same cost however far one goes.

    Keys rise in that order and are unique, so many things made in one moment never overlap between pages.
    """

    ordering = ("-id",)
    page_size_query_param = "page_size"
    max_page_size = 500

    def decode_cursor(self, request: Request) -> Cursor | None:
        """:raises ValidationError: when the cursor is not one that a page has given."""
        try:
            cursor = super().decode_cursor(request)
        except NotFound as error:
            raise self._refused() from error
        if cursor is not None and cursor.position is not None and not _is_key(str(cursor.position)):
            raise self._refused()
        return cursor

    def _refused(self) -> ValidationError:
        message = _("This cursor is of no page. Follow “next” and “previous” as they are given.")
        return ValidationError({self.cursor_query_param: [message]})

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        return self.ordering


def _is_key(position: str) -> bool:
    return position.isascii() and position.isdigit() and len(position) < 19
