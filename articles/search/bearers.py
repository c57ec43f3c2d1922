"""The speakers whose names could be meant by mentions, few enough to be ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet

from articles.models import Speaker, SpeakerKind
from articles.models.statement import written_once
from articles.naming.keys import whole_keys, word_keys
from articles.naming.ranking import Known, Mention, shortlist
from articles.permissions import Asker, roles_of, visible_speakers

if TYPE_CHECKING:
    from articles.permissions import Person

MOST_READ = 100  # speakers for one name
MOST_RANKED = 25  # of those, the nearest ones
MOST_COMPANIONS = 10  # of one name, beyond those


@dataclass(slots=True)
class Bearers:
    """The speakers whose names could be meant, for each mention.

    :ivar is_cut: whether there are more of a name than are ranked; then nobody is certain.
    """

    by_mention: list[list[Known]]
    is_cut: list[bool]


def bearers_of(mentions: Sequence[Mention], person: Person) -> Bearers:
    """Up to :data:`MOST_RANKED` for each mention, from the :data:`MOST_READ` longest on the desk; one query."""
    asked = {mention: names for mention in mentions if (names := _names_of(mention)) is not None}
    together = [(*names, person.pk or 0) for names in asked.values()]
    answers = _bearers.together(together, roles=roles_of(person)) if together else []
    known = {mention: [_known(row) for row in rows] for mention, rows in zip(asked, answers, strict=True)}
    all_known = [known.get(mention, []) for mention in mentions]
    return Bearers(
        [shortlist(mention, each, most=MOST_RANKED) for mention, each in zip(mentions, all_known, strict=True)],
        [len(each) > MOST_RANKED for each in all_known],
    )


def add_companions(found: Bearers, mentions: Sequence[Mention], met: Mapping[int, str], person: Person) -> set[int]:
    """Where a name has more bearers than are ranked, read those who are among ``met``, too; their keys.

    One query, or none.
    """
    cut = [number for number in range(len(mentions)) if found.is_cut[number]] if met else []
    asked = [(list(met), *(_names_of(mentions[number]) or ([], [])), person.pk or 0) for number in cut]
    answers = _bearers_among.together(asked, roles=roles_of(person)) if asked else []
    for number, rows in zip(cut, answers, strict=True):
        ranked = {one.key for one in found.by_mention[number]}
        found.by_mention[number] += [_known(row) for row in rows if row[0] not in ranked]
    return {one.key for number in cut for one in found.by_mention[number] if one.key in met}


def speakers_of(keys: Sequence[int], person: Person) -> dict[int, Speaker]:
    """Some speakers, by their keys; one query, or none."""
    rows = _speakers(list(keys), person.pk or 0, roles=roles_of(person)) if keys else []
    return {speaker.pk: speaker for speaker in rows}


def _names_of(mention: Mention) -> tuple[list[str], list[str]] | None:
    """The words of a name, and the whole of it in other forms; None where there is no word to look for."""
    words = word_keys(mention.name)
    if not words:
        return None
    wholes = set(whole_keys(mention.name, language=mention.language))
    for ending in mention.endings:
        wholes.update(whole_keys(ending, language=mention.language))
    return words, sorted(wholes)


def _known(row: Sequence[Any]) -> Known:
    key, name, aliases, title, affiliation, kind = row
    return Known(key, name, tuple(aliases), title, affiliation, is_person=kind == SpeakerKind.PERSON)


@written_once
def _bearers(words: list[str], wholes: list[str], person: int = 0, *, roles: frozenset[str]) -> QuerySet[Speaker, Any]:
    return _named(words, wholes, person, roles)[:MOST_READ]


@written_once
def _bearers_among(
    keys: list[int], words: list[str], wholes: list[str], person: int = 0, *, roles: frozenset[str]
) -> QuerySet[Speaker, Any]:
    return _named(words, wholes, person, roles).filter(pk__among=keys)[:MOST_COMPANIONS]


def _named(words: list[str], wholes: list[str], person: int, roles: frozenset[str]) -> QuerySet[Speaker, Any]:
    """Who has all words of a name, or the whole of it in another form, those longest on the desk first."""
    standing = visible_speakers(Asker(person, roles)).unmerged()
    named = standing.filter(Q(keys__has_all=words) | Q(keys__has_any=wholes))
    # By a sum, because by the key itself PostgreSQL would rather walk through everybody in the order of keys.
    rows: QuerySet[Speaker, Any] = named.order_by(F("pk") + 0).values_list(
        "pk", "name", "aliases", "title", "affiliation", "kind"
    )
    return rows


@written_once
def _speakers(keys: list[int], person: int = 0, *, roles: frozenset[str]) -> QuerySet[Speaker]:
    return visible_speakers(Asker(person, roles)).filter(pk__among=keys)
