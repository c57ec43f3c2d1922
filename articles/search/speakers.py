"""Whom a text means: its mentions of speakers against those the desk knows. Offered where unsure, never guessed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from articles.naming.ranking import Mention, Ranked, Reason, certain, rank
from articles.search.bearers import Bearers, add_companions, bearers_of, speakers_of
from articles.search.company import NOWHERE, Setting, company_of, met_beside

if TYPE_CHECKING:
    from articles.models import Speaker
    from articles.permissions import Person

MOST_OFFERED = 10

# What speaks for a candidate, in words.
REASONS = {
    Reason.NAME: _("the same name"),
    Reason.ALIAS: _("also known by this name"),
    Reason.SPELLING: _("the same name in another spelling"),
    Reason.SHORTER: _("a longer or shorter form of the name"),
    Reason.PART: _("part of the name"),
    Reason.SOUND: _("a name that sounds like it"),
    Reason.TITLE: _("title or affiliation agree"),
    Reason.OTHER_TITLE: _("title and affiliation are others"),
    Reason.BESIDE: _("quoted before beside somebody named here"),
    Reason.OUTLET: _("quoted before in this outlet"),
    Reason.LANGUAGE: _("quoted before in this language"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody the desk knows who may be meant.

    :ivar score: from 0 to 1; orders candidates, and is no probability.
    :ivar matched: which of the speaker's names it was.
    :ivar beside: the name of somebody in this text beside whom the speaker was quoted before; or empty.
    """

    speaker: Speaker
    score: float
    reasons: tuple[Reason, ...]
    matched: str
    beside: str = ""

    @property
    def why(self) -> str:
        """What speaks for it, in words."""
        return ", ".join(str(REASONS[reason]) for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A speaker to add, as the text describes them."""

    name: str
    title: str
    affiliation: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who is meant by a mention: one who is certain, several who are offered, or nobody known.

    :ivar speaker: who it is, where the text leaves no doubt, with why.
    :ivar candidates: all who may be meant, the likeliest first.
    :ivar proposed: whom to add where it is none of them; None where it is certain.
    """

    mention: Mention
    speaker: Candidate | None
    candidates: tuple[Candidate, ...]
    proposed: Proposed | None


def resolve_speaker(
    mention: str,
    *,
    person: Person,
    full_name: str = "",
    title: str = "",
    affiliation: str = "",
    language: str = "",
    outlet: str = "",
    beside: Collection[Speaker] = (),
) -> Resolution:
    """Whom one mention means, among the speakers this person may know of.

    :param full_name: the name in full, if the text gives it anywhere.
    :param beside: the other speakers whom the text names.
    """
    asked = Mention(mention, full_name, title, affiliation, language)
    setting = Setting(outlet, language)
    return resolve_speakers([asked], person=person, setting=setting, beside=beside)[0]


def resolve_speakers(
    mentions: Sequence[Mention], *, person: Person, setting: Setting = NOWHERE, beside: Collection[Speaker] = ()
) -> list[Resolution]:
    """Whom the mentions of one text mean, in their order; seven queries at most, however many there are.

    First by name and title alone. Whoever is certain then is company for the rest, besides those of ``beside``.
    """
    found = bearers_of(mentions, person)
    ranked = [rank(mention, known) for mention, known in zip(mentions, found.by_mention, strict=True)]
    sure = _certain(mentions, ranked, found)
    if any(ranking and one is None for ranking, one in zip(ranked, sure, strict=True)):
        others = {speaker.pk: speaker.name for speaker in beside}
        others |= {one.known.key: one.known.name for one in sure if one is not None}
        met = met_beside(others, person)
        companions = add_companions(found, mentions, met, person)
        near = {one.known.key for ranking in ranked for one in ranking[:MOST_OFFERED]} | companions
        if company := company_of(near, met, setting, person):
            ranked = [rank(mention, known, company) for mention, known in zip(mentions, found.by_mention, strict=True)]
            sure = _certain(mentions, ranked, found)
    offered = {one.known.key for ranking in ranked for one in ranking[:MOST_OFFERED]}
    speakers = speakers_of(list(offered | {one.known.key for one in sure if one is not None}), person)
    return [
        _resolved(mention, ranking, meant, speakers)
        for mention, ranking, meant in zip(mentions, ranked, sure, strict=True)
    ]


def _certain(mentions: Sequence[Mention], ranked: Sequence[Sequence[Ranked]], found: Bearers) -> list[Ranked | None]:
    """Who is certain for each mention; nobody where there are more of a name than are ranked."""
    return [
        None if is_cut else certain(mention, ranking)
        for mention, ranking, is_cut in zip(mentions, ranked, found.is_cut, strict=True)
    ]


def _resolved(
    mention: Mention, ranking: Sequence[Ranked], meant: Ranked | None, speakers: Mapping[int, Speaker]
) -> Resolution:
    candidates = tuple(_candidate(one, speakers) for one in ranking[:MOST_OFFERED])
    if meant is not None:
        return Resolution(mention, _candidate(meant, speakers), candidates, None)
    return Resolution(mention, None, candidates, Proposed(mention.name, mention.title, mention.affiliation))


def _candidate(one: Ranked, speakers: Mapping[int, Speaker]) -> Candidate:
    return Candidate(speakers[one.known.key], one.score, one.reasons, one.matched, one.beside)
