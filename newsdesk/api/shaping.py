"""Answers cut to what is asked for: some fields alone (``fields``), references with what they name (``expand``)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from articles.api.nouns import ListedViewSet
from newsdesk.api.filtering import FORMAT, is_answered_in_several
from newsdesk.models import Token

FIELDS, EXPAND = "fields", "expand"
# Views by what they show, filled with the addresses: what a reference names is shown as its own view shows it.
Views = Mapping[type, type[ListedViewSet]]


def shaped(view: type[ViewSetMixin], *, views: Views) -> type[ViewSetMixin]:
    """The view, whose lists and details give only the ``fields`` asked for and ``expand`` what they refer to.

    Other views, such as those that stream files, are left as they are.
    """
    if not issubclass(view, ListedViewSet) or getattr(view, "serializer_class", None) is None:
        return view
    kind: Any = type(view.__name__, (_Shaped, view), {"__doc__": view.__doc__, "__module__": view.__module__})
    kind.shape_views = {name: views[model] for name, model in _references(view.serializer_class) if model in views}
    for name in ("list", "retrieve"):
        if hasattr(view, name):
            fields = _fields(view, name)
            parameters = _parameters(fields, [each for each in kind.shape_views if each in fields])
            setattr(kind, name, extend_schema(parameters=parameters)(_shaping(getattr(view, name), name, fields)))
    made: type[ViewSetMixin] = kind
    return made


def _fields(view: Any, action: str) -> tuple[str, ...]:
    """The fields that an action of a view answers with."""
    acting = view()
    acting.action = action
    return tuple(acting.get_serializer_class()().fields)


def _references(serializer: Any) -> Iterable[tuple[str, type]]:
    """The fields that hold the uid of another noun, or a word or two about it, with the model of that noun."""
    for name, field in serializer().fields.items():
        path = field.source.split(".") if isinstance(field.source, str) else []
        if isinstance(field, serializers.UUIDField) and len(path) > 1 and path[-1] == "uid":
            path = path[:-1]
        elif not (isinstance(field, serializers.Serializer) and "uid" in field.fields):
            continue
        model = _model_at(serializer.Meta.model, path)
        if model is not None:
            yield name, model


def _model_at(model: Any, path: Sequence[str]) -> Any:
    for step in path:
        try:
            model = model._meta.get_field(step).related_model
        except (FieldDoesNotExist, AttributeError):
            return None
    return model


def _parameters(fields: Sequence[str], expandable: Sequence[str]) -> list[OpenApiParameter]:
    made = [_list_of(FIELDS, fields, "Only these fields; all unless said.")]
    if expandable:
        made.append(_list_of(EXPAND, expandable, "In place of the uid, what it names, where you may know of that."))
    return made


def _list_of(name: str, names: Sequence[str], description: str) -> OpenApiParameter:
    kind = {"type": "array", "items": {"type": "string", "enum": list(names)}, "minItems": 1}
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, style="form", explode=False, description=description)


def _shaping(answering: Any, name: str, fields: Collection[str]) -> Any:
    """The method of a view, its answer shaped."""

    @wraps(answering)
    def answer(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        shape = Shape(request, self, fields)
        if name == "retrieve":
            shape.refuse_others()
        response: Response = answering(self, request, *args, **kwargs)
        if shape.is_whole:
            return response
        if name == "list":
            response.data = {**response.data, "results": shape.of(response.data["results"])}
        else:
            response.data = shape.of([response.data])[0]
        return response

    answer.kwargs = dict(getattr(answering, "kwargs", {}))  # type: ignore[attr-defined]  # what the schema is told
    return answer


class _Shaped:
    """What the views of nouns have besides, once they have an address."""

    shape_views: Mapping[str, type[ListedViewSet]]


class Shape:
    """What a request wants of each noun.

    :raises ValidationError: naming the parameter, when a name in it is not known.
    """

    def __init__(self, request: Request, view: Any, fields: Collection[str]) -> None:
        self.request, self.view = request, view
        self.fields = self._names(FIELDS, fields) or list(fields)
        self.expanded = [
            name for name in self._names(EXPAND, set(view.shape_views) & set(fields)) if name in self.fields
        ]
        self.is_whole = not self.expanded and len(self.fields) == len(fields)

    def refuse_others(self) -> None:
        """:raises ValidationError: naming every other parameter, because one thing cannot be narrowed."""
        known = [FIELDS, *([EXPAND] if self.view.shape_views else [])]
        known += [FORMAT] if is_answered_in_several(self.view) else []
        unknown = sorted(set(self.request.query_params) - set(known))
        if unknown:
            message = _("There is no such parameter. Known are: %(names)s.") % {"names": ", ".join(known)}
            raise ValidationError({name: [message] for name in unknown})

    def of(self, nouns: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The nouns as answered otherwise, cut and expanded; one query or so for each name, however many they are."""
        cut = [{name: noun[name] for name in self.fields} for noun in nouns]
        for name in self.expanded:
            found = self._expand(name, {_uid_of(noun[name]) for noun in cut} - {None})
            for noun in cut:
                noun[name] = found.get(_uid_of(noun[name]), noun[name])
        return cut

    def _expand(self, name: str, uids: Collection[Any]) -> dict[Any, Any]:
        """What the uids name, by uid, of what the person and their token may see."""
        view: Any = self.view.shape_views[name]()
        view.request, view.args, view.kwargs, view.format_kwarg, view.action = self.request, (), {}, None, "list"
        if not uids or not self._may(view):
            return {}
        nouns = list(view.get_queryset().filter(uid__in=uids))
        return {str(noun.uid): shown for noun, shown in zip(nouns, view.represent(nouns), strict=True)}

    def _may(self, view: Any) -> bool:
        scope = getattr(view, "read_scope", "read")
        if isinstance(self.request.auth, Token) and scope not in self.request.auth.scopes:
            return False
        return not view.read_right or bool(self.request.user.has_perm(view.read_right))

    def _names(self, parameter: str, known: Collection[str]) -> list[str]:
        asked = [name for value in self.request.query_params.getlist(parameter) for name in value.split(",")]
        unknown = sorted(set(asked) - set(known))
        if unknown:
            message = _("There is no %(unknown)s here. Known are: %(names)s.")
            names = {"unknown": ", ".join(f"“{name}”" for name in unknown), "names": ", ".join(sorted(known))}
            raise ValidationError({parameter: [message % names]})
        return list(dict.fromkeys(asked))


def _uid_of(reference: Any) -> str | None:
    uid = reference.get("uid") if isinstance(reference, Mapping) else reference
    return None if uid is None else str(uid)
