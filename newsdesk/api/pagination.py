from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError as NoSuchValue
from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from articles.api.refusals import NotTogether
from articles.permissions import is_working

# Between the names in a cursor of a thing that needs several.
BESIDE = "|"
SORT = "sort"
# What every list can be sorted by: keys rise in the order in which things are made.
MADE = "made"


def sorts_of(view: Any) -> dict[str, tuple[str, ...]]:
    """By what a list can be sorted: the columns by name of the order, the last of them unique."""
    return {MADE: ("id",), **getattr(view, "sorted_by", {})}


class NewestFirst(CursorPagination):
    """Pages at the same cost however far one goes: in the order things were made, newest first, or as ``sort`` says.

    The last column of an order is the key, which is unique, so many things alike never overlap between pages. A key
    would also tell how many there are, so a cursor names the last thing as everybody else does: by its uid, or by the
    lookups that a view gives as ``named_by``. Its place is looked up when the cursor comes back.
    """

    page_size_query_param = "page_size"
    max_page_size = 500

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any] | None:
        """:raises ValidationError: when the size or the order is not one that a page can have.

        :raises NotTogether: when the cursor is of no page.
        """
        assert isinstance(queryset, QuerySet)
        self.request = request
        self.base_url = request.build_absolute_uri()
        self.rows = queryset
        self.named_by: Sequence[str] = getattr(view, "named_by", ("uid",))
        self.columns, is_falling = self._order(view)
        size = self.get_page_size(request) or 0
        cursor = self.decode_cursor(request)
        is_back = bool(cursor and cursor.reverse)
        falls = is_falling != is_back
        rows = queryset.order_by(*(f"-{name}" if falls else name for name in self.columns))
        if cursor is not None and cursor.position is not None:
            rows = rows.filter(self._beyond(str(cursor.position), falls=falls))
        found = list(rows[: size + 1])
        self.page = found[:size][::-1] if is_back else found[:size]
        is_more, is_inside = len(found) > size, cursor is not None
        self.has_next, self.has_previous = (is_inside, is_more) if is_back else (is_more, is_inside)
        return self.page

    def get_next_link(self) -> str | None:
        return self._link(self.page[-1], is_back=False) if self.has_next and self.page else None

    def get_previous_link(self) -> str | None:
        return self._link(self.page[0], is_back=True) if self.has_previous and self.page else None

    def get_page_size(self, request: Request) -> int | None:
        """:raises ValidationError: when the size is not a whole number from 1."""
        asked = request.query_params.get(self.page_size_query_param)
        if asked is not None and not (asked.isascii() and asked.isdigit() and int(asked[:9]) > 0):
            message = _("Give a whole number from 1 to %(most)d.") % {"most": self.max_page_size}
            raise ValidationError({self.page_size_query_param: [message]})
        return super().get_page_size(request)

    def decode_cursor(self, request: Request) -> Cursor | None:
        """:raises NotTogether: when the cursor is not one that a page has given."""
        try:
            return super().decode_cursor(request)
        except NotFound as error:
            raise self._refused() from error

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """How the schema describes the parameters of pages."""
        orders = [sign + name for name in sorts_of(view) for sign in ("-", "")]
        return [
            {
                "name": self.cursor_query_param,
                "in": "query",
                "description": "A place in the list, as `next` and `previous` give it.",
                "schema": {"type": "string"},
            },
            {
                "name": self.page_size_query_param,
                "in": "query",
                "description": f"How many a page has; more than {self.max_page_size} are {self.max_page_size}.",
                "schema": {"type": "integer", "minimum": 1},
            },
            {
                "name": SORT,
                "in": "query",
                "description": "In which order; `-` turns it round. `made` is the order in which things were made.",
                "schema": {"type": "string", "enum": orders, "default": orders[0]},
            },
        ]

    def _order(self, view: Any) -> tuple[tuple[str, ...], bool]:
        """The columns of the order that is asked for, and whether it falls."""
        asked = self.request.query_params.get(SORT, f"-{MADE}")
        orders = sorts_of(view)
        if not is_working(self.request.user):
            hidden: frozenset[str] = getattr(getattr(view, "filterset_class", None), "kept_from_readers", frozenset())
            orders = {name: columns for name, columns in orders.items() if name not in hidden}
        columns = orders.get(asked.removeprefix("-"))
        if columns is None:
            names = ", ".join(sign + name for name in orders for sign in ("", "-"))
            raise ValidationError({SORT: [_("There is no such order. Known are: %(names)s.") % {"names": names}]})
        return columns, asked.startswith("-")

    def _beyond(self, position: str, *, falls: bool) -> Any:
        """The condition that things come after the one that a cursor names.

        Rows are compared as wholes, which an index on the columns answers from any place in it at once.
        """
        place = self._place_of(position)
        if place is None:
            raise self._refused()
        if len(self.columns) == 1:
            return Q(**{f"{self.columns[0]}__{'lt' if falls else 'gt'}": place[0]})
        compare = TupleLessThan if falls else TupleGreaterThan
        return compare(Tuple(*(F(name) for name in self.columns)), place)

    def _place_of(self, position: str) -> tuple[Any, ...] | None:
        """The values that the order goes by, of the thing that a cursor names; None when it names nothing."""
        names = position.split(BESIDE)
        if len(names) != len(self.named_by):
            return None
        everything = self.rows.model._base_manager.order_by()
        try:
            named = everything.filter(**dict(zip(self.named_by, names, strict=True)))
        except (NoSuchValue, ValueError):
            return None
        place: tuple[Any, ...] | None = named.values_list(*self.columns).first()
        return place

    def _link(self, instance: Any, *, is_back: bool) -> str:
        words = {"p": BESIDE.join(_name_of(instance, path) for path in self.named_by)}
        if is_back:
            words["r"] = "1"
        encoded = b64encode(urlencode(words).encode("ascii")).decode("ascii")
        return replace_query_param(str(self.base_url), self.cursor_query_param, encoded)

    def _refused(self) -> NotTogether:
        message = _("This cursor is of no page. Follow “next” and “previous” as they are given.")
        return NotTogether({self.cursor_query_param: message})


def _name_of(instance: Any, path: str) -> str:
    for step in path.split("__"):
        instance = getattr(instance, step)
    return str(instance)
