"""Filters of lists. A misspelt filter is refused, because the answer to it would look like everything."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import filters
from django_filters.rest_framework.backends import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from articles.permissions import is_working

PAGING = frozenset({"cursor", "page_size", "sort"})
FORMAT = "format"  # what the REST framework calls the choice of a renderer


def is_answered_in_several(view: Any) -> bool:
    """Whether the address may say in which format the answer is to be, as ``Accept`` does."""
    return len(getattr(view, "renderer_classes", ())) > 1


class KnownFilterBackend(DjangoFilterBackend):
    """The filters of a view's ``filterset_class``, and no other parameters than those and the paging ones."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """:raises ValidationError: naming every parameter that is unknown, or whose value is."""
        backend: Any = super()
        filterset_class = backend.get_filterset_class(view, queryset)
        known = PAGING | _shaping(view) | _offered_to(request.user, filterset_class)
        unknown = sorted(set(request.query_params) - known)
        if unknown:
            message = _("There is no such filter. Known are: %(names)s.") % {"names": ", ".join(sorted(known))}
            raise ValidationError({name: [message] for name in unknown})
        _refuse_empty(request, filterset_class)
        filtered: QuerySet[Any] = backend.filter_queryset(request, queryset, view)
        return filtered


def _shaping(view: Any) -> set[str]:
    """What a view takes besides, once it has an address (newsdesk.api.shaping)."""
    expands = getattr(view, "shape_views", None)
    shaping = set() if expands is None else {"fields", "expand"} if expands else {"fields"}
    return shaping | ({FORMAT} if is_answered_in_several(view) else set())


def _offered_to(person: Any, filterset_class: Any) -> set[str]:
    """The filters a person may use: who only reads is not told by a filter what the answers keep from them."""
    filters = set(filterset_class.base_filters if filterset_class else ())
    return filters if is_working(person) else filters - getattr(filterset_class, "kept_from_readers", frozenset())


def _refuse_empty(request: Request, filterset_class: Any) -> None:
    """A filter without a value, or with one that is neither true nor false, would be passed over in silence.

    :raises ValidationError: naming each.
    """
    errors: dict[str, list[str]] = {}
    for name, each in (filterset_class.base_filters if filterset_class else {}).items():
        if name not in request.query_params or isinstance(each, filters.CharFilter):
            continue
        values = request.query_params.getlist(name)
        if isinstance(each, filters.BooleanFilter):
            if set(values) - {"true", "false"}:
                errors[name] = [_("Give true or false.")]
        elif "" in values:
            errors[name] = [_("This is empty. Give a value, or leave it out.")]
    if errors:
        raise ValidationError(errors)
