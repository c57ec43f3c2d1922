"""Whom a suggested quote is given to, among the speakers the desk knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import ProposedSpeaker, Quote
from articles.naming.ranking import Reason
from articles.search.speakers import Candidate, Resolution, resolve_speaker

if TYPE_CHECKING:
    from articles.permissions import Person


def who_is_proposed(quote: Quote, proposed: ProposedSpeaker, *, person: Person) -> Resolution:
    """Whom the name that a text gives to suggested words means today; at most three queries."""
    article = quote.article
    return resolve_speaker(
        quote.mention or proposed.name,
        full_name=proposed.name,
        title=proposed.title,
        affiliation=proposed.affiliation,
        language=article.language,
        outlet=article.outlet,
        person=person,
    )


def may_be_meant(candidate: Candidate) -> bool:
    """Whether somebody must choose before a new speaker is added; a name that only sounds alike is another name."""
    return Reason.SOUND not in candidate.reasons
