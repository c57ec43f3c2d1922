"""What the API keeps apart of studies: their marks out of the desk's lists, and their readers from the desk's work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.request import Request

from annotations.operations.studies.apart import OutsideReading, refuse_to_touch, runs_in_rounds
from articles.api.nouns import MarkViewSet
from articles.api.refusals import NoSuchThing
from articles.permissions import visible_articles

PLACING = frozenset({"place", "unplace"})


class StudiedMarks(MarkViewSet):
    """Marks of the desk, and with ``?project=`` those of a study, which stay as their reader made them."""

    of_the_desk: Callable[[Any], QuerySet[Any]]

    def get_queryset(self) -> QuerySet[Any]:
        """The desk's for a list that names no project; else also those of studies."""
        if self.action == "list" and not self.request.query_params.get("project"):
            return self.related(type(self).of_the_desk(self.request.user))
        return super().get_queryset()

    def noun(self) -> Any:
        mark = super().noun()
        if self.request.method != "GET" and runs_in_rounds(mark.project):
            if self.action in PLACING:
                raise OutsideReading(
                    _("A mark of a study stays where it was made. Retract it, and mark the words anew.")
                )
            refuse_to_touch(mark, by=self.request.user)  # type: ignore[arg-type]
        return mark


def refuse_apart(values: dict[str, Any], request: Request) -> None:
    """Whoever reads a text blind says nothing of it on the desk.

    :raises NoSuchThing: when a mark of the desk would be made on an article that the desk tells this person nothing of.
    """
    project, article = values.get("project"), values["article"]
    is_of_study = project is not None and not project.is_default
    if not is_of_study and not visible_articles(request.user).filter(pk=article.pk).exists():
        raise NoSuchThing(field="article")
