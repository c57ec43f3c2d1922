"""A small study that three people have read, each in their own way."""

from __future__ import annotations

from annotations.models import PinnedRevision, Project, Reading, Round, RoundText
from annotations.operations.readings import begin_reading, submit_reading
from newsdesk.models import User
from tests.factories import AT, make_article, make_tag

TEXTS = 3
LOADED, SPIN = "loaded-language", "spin"


def make_round(*, by: User, is_blind: bool = True, is_closed: bool = True) -> Round:
    """A round of a study with three pinned texts."""
    everyday = Project.objects.get(is_default=True)
    project = Project.objects.create(
        name="Bridges", slug="bridges", codebook=everyday.codebook, is_blind=is_blind, created_by=by, created_at=AT
    )
    opened = Round.objects.create(
        project=project, number=1, opened_at=AT, closed_at=AT if is_closed else None, created_by=by, created_at=AT
    )
    for place in range(TEXTS):
        article = make_article(
            by=by,
            text=f"Council votes, part {place}\n\nThe plan is reckless. The council met on Monday. Nobody came.\n",
        )
        pinned = PinnedRevision.objects.create(project=project, revision=article.head)
        RoundText.objects.create(round=opened, pinned=pinned, position=place + 1, created_by=by, created_at=AT)
    return opened


def make_read(
    opened: Round, *, by: User, words: str = "reckless", category: str = "", is_submitted: bool = True
) -> list[Reading]:
    """Somebody's readings of all texts of a round; with a category they tag the words in each."""
    readings = []
    for text in opened.texts.order_by("position").select_related("pinned__revision__article"):
        revision = text.pinned.revision
        if category:
            make_tag(revision.article, words, by=by, slug=category, project=opened.project)
        reading = begin_reading(revision=revision, project=opened.project, by=by, at=AT)
        reading.change(seen=reading.version, round_id=opened.pk)
        if is_submitted:
            submit_reading(reading=reading, seen=reading.version, by=by, at=AT)
        readings.append(reading)
    return readings
