"""Whom a text means: its mentions of speakers against those the desk knows. Offered where unsure, never guessed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from articles.models import Origin, Speaker, SpeakerKind
from articles.naming.keys import whole_keys, word_keys
from articles.naming.ranking import ALONE, Company, Known, Mention, Ranked, Reason, certain, rank, shortlist
from articles.permissions import visible_quotes, visible_speakers

if TYPE_CHECKING:
    from articles.permissions import Person

MOST_READ = 100  # speakers for one name
MOST_RANKED = 25  # of those, the nearest ones
MOST_OFFERED = 10
MOST_BESIDE = 20
MOST_ARTICLES = 200  # with the others of a text, in which others are looked for

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


@dataclass(frozen=True, slots=True)
class Setting:
    """Where mentions stand: the outlet and the language of the article, either may be unknown (empty)."""

    outlet: str = ""
    language: str = ""


NOWHERE = Setting()


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
    """Whom the mentions of one text mean, in their order; six queries at most, however many there are.

    First by name and title alone. Whoever is certain then is company for the rest, besides those of ``beside``.
    """
    found = _candidates(mentions, person)
    ranked = [rank(mention, known) for mention, known in zip(mentions, found.by_mention, strict=True)]
    sure = [
        None if is_cut else certain(mention, ranking)
        for mention, ranking, is_cut in zip(mentions, ranked, found.is_cut, strict=True)
    ]
    company: dict[int, Company] = {}
    if any(ranking and one is None for ranking, one in zip(ranked, sure, strict=True)):
        others = {speaker.pk: speaker.name for speaker in beside}
        others |= {one.known.key: one.known.name for one in sure if one is not None}
        met = _met(others, person)
        _read_companions(found, mentions, met, person)
        near = {one.known.key for ranking in ranked for one in ranking[:MOST_OFFERED]} | found.companions
        company = _company(near, met, setting, person)
    return [
        _resolved(mention, rank(mention, known, company), found.speakers, may_be_certain=not is_cut)
        for mention, known, is_cut in zip(mentions, found.by_mention, found.is_cut, strict=True)
    ]


def _resolved(
    mention: Mention, ranking: Sequence[Ranked], speakers: Mapping[int, Speaker], *, may_be_certain: bool
) -> Resolution:
    meant = certain(mention, ranking) if may_be_certain else None
    candidates = tuple(_candidate(one, speakers) for one in ranking[:MOST_OFFERED])
    if meant is not None:
        return Resolution(mention, _candidate(meant, speakers), candidates, None)
    return Resolution(mention, None, candidates, Proposed(mention.name, mention.title, mention.affiliation))


def _candidate(one: Ranked, speakers: Mapping[int, Speaker]) -> Candidate:
    return Candidate(speakers[one.known.key], one.score, one.reasons, one.matched, one.beside)


@dataclass(slots=True)
class _Found:
    """The speakers whose names could be meant, for each mention, and each of them once.

    :ivar is_cut: whether there are more of a name than are ranked; then nobody is certain.
    :ivar companions: those of them who were read because they stand beside others of the text.
    """

    by_mention: list[list[Known]]
    speakers: dict[int, Speaker]
    is_cut: list[bool]
    companions: set[int] = field(default_factory=set)


def _candidates(mentions: Sequence[Mention], person: Person) -> _Found:
    """Up to :data:`MOST_READ` speakers for each mention, those longest on the desk first, in one query."""
    found = _Found([[] for _mention in mentions], {}, [False for _mention in mentions])
    numbers: dict[Mention, list[int]] = {}
    for number, mention in enumerate(mentions):
        numbers.setdefault(mention, []).append(number)
    named = {places[0]: _named_as(mention) for mention, places in numbers.items()}
    asked = {number: condition for number, condition in named.items() if condition is not None}
    if not asked:
        return found
    standing = visible_speakers(person).unmerged()
    parts = [
        _numbered(standing.filter(condition).order_by("pk")[:MOST_READ], number) for number, condition in asked.items()
    ]
    _note(found, parts, numbers, mentions)
    found.is_cut = [len(known) > MOST_RANKED for known in found.by_mention]
    found.by_mention = [
        shortlist(mention, known, most=MOST_RANKED) for mention, known in zip(mentions, found.by_mention, strict=True)
    ]
    return found


def _numbered(speakers: Any, number: int) -> Any:
    return speakers.annotate(number=Value(number, output_field=IntegerField()))


def _note(
    found: _Found, parts: Sequence[Any], numbers: Mapping[Mention, Sequence[int]], mentions: Sequence[Mention]
) -> None:
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    for speaker in rows:
        is_new = speaker.pk not in found.speakers
        kept = found.speakers.setdefault(speaker.pk, speaker)
        for number in numbers[mentions[speaker.number]]:
            if is_new or all(one.key != kept.pk for one in found.by_mention[number]):
                found.by_mention[number].append(_known(kept))


def _known(speaker: Speaker) -> Known:
    return Known(
        speaker.pk,
        speaker.name,
        tuple(speaker.aliases),
        speaker.title,
        speaker.affiliation,
        is_person=speaker.kind == SpeakerKind.PERSON,
    )


def _named_as(mention: Mention) -> Q | None:
    """Who has all words of the name, or the whole of it in another form; None where there is no word to look for."""
    words = word_keys(mention.name)
    if not words:
        return None
    wholes = set(whole_keys(mention.name, language=mention.language))
    for ending in mention.endings:
        wholes.update(whole_keys(ending, language=mention.language))
    return Q(keys__contains=words) | Q(keys__overlap=sorted(wholes))


def _read_companions(found: _Found, mentions: Sequence[Mention], met: Mapping[int, str], person: Person) -> None:
    """Where a name has more bearers than are ranked, read those who were quoted beside the others, too."""
    cut = {mention: [number] for number, mention in enumerate(mentions) if found.is_cut[number]}
    if not cut or not met:
        return
    standing = visible_speakers(person).unmerged().filter(pk__in=list(met))
    named = {number: _named_as(mention) for mention, (number,) in cut.items()}
    parts = [
        _numbered(standing.filter(condition).order_by("pk")[:MOST_OFFERED], number)
        for number, condition in named.items()
        if condition is not None
    ]
    _note(found, parts, cut, mentions)
    found.companions = {one.key for number in named for one in found.by_mention[number] if one.key in met}


def _met(others: Mapping[int, str], person: Person) -> dict[int, str]:
    """Who was quoted beside others of a text, with the name of one of those, by the latest articles with them.

    Three queries, each by an index, however much anybody was quoted.
    """
    if not others:
        return {}
    voices = list(others)[:MOST_BESIDE]
    former = Speaker.objects.filter(merged_into__in=voices).values_list("pk", "merged_into")
    voice_of = {key: key for key in voices} | {key: kept for key, kept in former if kept is not None}
    theirs = _decided(person).filter(speaker__in=voice_of).order_by("-created_at", "pk")
    spoke = dict(theirs.values_list("article", "speaker")[:MOST_ARTICLES])
    there = _decided(person).filter(article__in=spoke).exclude(speaker=None).order_by("article", "pk")
    met: dict[int, str] = {}
    for article, speaker, merged_into in there.values_list("article", "speaker", "speaker__merged_into"):
        voice, other = merged_into or speaker, voice_of[spoke[article]]
        if voice != other:
            met.setdefault(voice, others[other])
    return met


def _decided(person: Person) -> QuerySet[Any]:
    """Quotes that stand and that somebody decided."""
    quotes: QuerySet[Any] = visible_quotes(person).live().exclude(origin=Origin.SUGGESTED)
    return quotes


def _company(keys: Collection[int], met: Mapping[int, str], setting: Setting, person: Person) -> dict[int, Company]:
    """In what company the best candidates were quoted before: one query, or none where nothing is known of the text."""
    company = {key: Company(met[key]) for key in keys if key in met}
    if setting == NOWHERE:
        return company
    rows = Speaker.objects.filter(Q(pk__in=keys) | Q(merged_into__in=keys)).annotate(
        voice=Coalesce("merged_into", "pk"),
        in_outlet=_quoted_where(person, article__outlet=setting.outlet) if setting.outlet else Value(False),
        in_language=_quoted_where(person, article__language=setting.language) if setting.language else Value(False),
    )
    for voice, in_outlet, in_language in rows.values_list("voice", "in_outlet", "in_language"):
        known = company.get(voice, ALONE)
        company[voice] = Company(known.beside, known.in_outlet or in_outlet, known.in_language or in_language)
    return company


def _quoted_where(person: Person, **where: Any) -> Exists:
    return Exists(_decided(person).filter(speaker=OuterRef("pk"), **where))
