"""Rounds of studies that people have read, for tests of what comes after them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from annotations.models import PinnedRevision, Project, Reading, Round, RoundText
from annotations.operations.studies.projects import create_project
from articles.models import Article
from newsdesk.models import User
from tests.factories import AT


def make_study(*, by: User, slug: str = "framing", **values: Any) -> Project:
    return create_project(name="Framing of the bridge", slug=slug, by=by, at=AT, **values)


def make_round(
    project: Project, articles: Sequence[Article], *, by: User, closed: bool = True, number: int = 1, **values: Any
) -> Round:
    """A round over the newest texts of these articles, open or closed."""
    made = {"created_by": by, "created_at": AT}
    opened = Round.objects.create(
        project=project, number=number, opened_at=AT, closed_at=AT if closed else None, **values, **made
    )
    for position, article in enumerate(articles, start=1):
        pinned = PinnedRevision.objects.create(project=project, revision=article.head)
        RoundText.objects.create(round=opened, pinned=pinned, position=position, **made)
    return opened


def make_round_reading(round: Round, article: Article, *, by: User, at: datetime | None = AT, **values: Any) -> Reading:
    """Somebody's reading of a text of a round, submitted unless ``at`` is None."""
    return Reading.objects.create(
        project=round.project,
        round=round,
        revision=article.head,
        codebook=round.project.codebook,
        submitted_at=at,
        created_by=by,
        created_at=AT,
        **values,
    )
