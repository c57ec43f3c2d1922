"""What words a mark stands on, for lists of marks."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.models import CurrentAnchor

LONGEST = 120


def with_words(marks: QuerySet[Any]) -> QuerySet[Any]:
    """``marks``, each with ``exact``: its words in the newest text, None where it has no place there."""
    standing = CurrentAnchor.objects.filter(span=OuterRef("span"), revision=OuterRef("article__head"))
    worded: QuerySet[Any] = marks.annotate(exact=Subquery(standing.values("anchor__exact")[:1]))
    return worded


@admin.display(description=_("words"))
def words(mark: Any) -> str:
    """The words of one of :func:`with_words`, shortened to what a row holds."""
    return Truncator(mark.exact or "–").chars(LONGEST)
