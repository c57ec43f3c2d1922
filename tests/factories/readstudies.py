"""A small study that people have read, each in their own way."""

from __future__ import annotations

from annotations.models import Reading, Round
from annotations.operations.studies.handingout import assign_text, take_in
from annotations.operations.studies.rounds import close_round
from newsdesk.models import User
from tests.factories import AT, make_article
from tests.factories.studies import Study, begin, make_study, submit, tag_in

TEXTS = 3
LOADED, SPIN = "loaded-language", "spin"


def make_round(*, by: User, is_blind: bool = True) -> Round:
    """An open round of a study with three pinned texts."""
    texts = [
        f"Council votes, part {place}\n\nThe plan is reckless. The council met on Monday. Nobody came.\n"
        for place in range(TEXTS)
    ]
    return make_study(
        *[make_article(by=by, text=text) for text in texts], lead=by, slug="bridges", is_blind=is_blind
    ).round


def make_read(
    opened: Round, *, by: User, words: str = "reckless", category: str = "", is_submitted: bool = True
) -> list[Reading]:
    """Somebody's readings of all texts of an open round; with a category they tag the words in each."""
    lead = opened.created_by
    take_in(project=opened.project, person=by, by=lead, at=AT)
    texts = list(opened.texts.order_by("position").select_related("pinned__revision__article", "round"))
    study = Study(opened.project, opened, texts)
    readings = []
    for place, text in enumerate(texts):
        assign_text(text=text, person=by, by=lead, at=AT)
        if category:
            tag_in(study, by, words, text=place, slug=category)
        readings.append(submit(study, by, place) if is_submitted else begin(study, by, place))
    return readings


def close(opened: Round) -> Round:
    """The round, closed by whoever leads it."""
    opened.refresh_from_db()
    return close_round(round=opened, seen=opened.version, by=opened.created_by, at=AT)
