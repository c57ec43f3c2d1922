"""Speakers: who is quoted, and the profile of one: words, claims and verdicts over time, names, likely doubles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format

from annotations.models import Claim, ClaimType
from annotations.permissions import visible_claims
from annotations.queries.checking.claims import TONE_NAMES, ClaimRow, claim_rows, with_numbers
from annotations.queries.desk.plots import Happening, Lanes, draw_lanes
from annotations.queries.desk.quoted import Narrowed, Quoted, count_names, count_quotes, narrow
from annotations.queries.workbench.marks import sentence_at, sentences_of
from articles.models import CurrentAnchor, Quote, Speaker
from articles.naming.keys import word_keys
from articles.naming.ranking import Mention
from articles.permissions import visible_quotes
from articles.search.speakers import Candidate, resolve_speakers

if TYPE_CHECKING:
    from articles.models.speaker import SpeakerQuerySet
    from articles.permissions import Person

BY_NAME = ("name", "id")
MOST_QUOTES = 100
MOST_CLAIMS = 200
OTHER_VOICES = 5
LIKELY = 5
MOST_NAMES = 20
EVERYTHING = Narrowed()
WORDING = frozenset({ClaimType.QUOTE_WORDING, ClaimType.QUOTE_ATTRIBUTION})


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    speaker: Speaker
    quotes: int


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote with its words as they stand in the newest text, its sentence (from 1), and the claims made of it."""

    quote: Any
    label: str
    words: str
    sentence: int
    claims: Sequence[ClaimRow]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a speaker's claims show a verdict of one tone, and which."""

    tone: str
    name: str
    rows: Sequence[ClaimRow]


@dataclass(frozen=True, slots=True)
class Profile:
    """:ivar quotes: those that are listed, the newest first; ``quoted`` counts all of them."""

    speaker: Speaker
    quotes: Sequence[QuoteRow]
    narrowed: Narrowed
    quoted: Quoted
    claims: Sequence[ClaimRow]
    tallies: Sequence[Tally]
    about_wording: int
    lanes: Lanes | None
    names: Sequence[tuple[str, int]]
    former: Sequence[Speaker]
    likely: Sequence[SpeakerRow]

    @property
    def own_aliases(self) -> list[str]:
        """The aliases that are not the names of speakers who were merged."""
        merged = {former.name for former in self.former}
        return [alias for alias in self.speaker.aliases if alias not in merged]


def named_like(speakers: SpeakerQuerySet, words: str) -> SpeakerQuerySet:
    """Speakers one of whose names has every one of the words, in whatever case, accents, spelling or script."""
    return speakers.with_words(word_keys(words))


def speaker_rows(speakers: Sequence[Speaker], person: Person) -> list[SpeakerRow]:
    """Speakers with the number of their live quotes that the person may see, in one query."""
    keys = [speaker.pk for speaker in speakers]
    quotes = visible_quotes(person).live().annotate(voice=Coalesce("speaker__merged_into", "speaker"))
    counts = Counter(dict(quotes.filter(voice__in=keys).values_list("voice").annotate(Count("pk")).order_by()))
    return [SpeakerRow(speaker, counts[speaker.pk]) for speaker in speakers]


def build_profile(speaker: Speaker, *, person: Person, narrowed: Narrowed = EVERYTHING) -> Profile:
    """The profile of a speaker, with nothing on it that this person may not know of."""
    claims = _claims_of(speaker, person)
    theirs = visible_quotes(person).of(speaker).live()
    quotes = _quote_rows(narrow(theirs, narrowed), person)
    return Profile(
        speaker=speaker,
        quotes=quotes,
        narrowed=narrowed,
        quoted=count_quotes(theirs),
        claims=claims,
        tallies=_tallies(claims),
        about_wording=sum(row.claim.claim_type in WORDING for row in claims),
        lanes=_lanes(speaker, claims, theirs, person),
        names=count_names(theirs),
        former=list(speaker.merged.order_by("name")),
        likely=_likely(speaker, person),
    )


def _claims_of(speaker: Speaker, person: Person) -> list[ClaimRow]:
    """Claims the speaker makes, and those about the words printed as theirs."""
    theirs = Q(speaker=speaker) | Q(speaker__merged_into=speaker)
    about = Q(quote__speaker=speaker) | Q(quote__speaker__merged_into=speaker)
    claims = visible_claims(person).live().decided().filter(theirs | about).select_related("article__head", "speaker")
    return claim_rows(list(with_numbers(claims).order_by("claim_date", "pk")[:MOST_CLAIMS]), person)


def _quote_rows(theirs: QuerySet[Any], person: Person) -> list[QuoteRow]:
    quotes: list[Any] = list(
        theirs.select_related("article__head")
        .annotate(number=_number_in_article())
        .order_by("-article__published_at", "-article__received_at", "pk")[:MOST_QUOTES]
    )
    standing = CurrentAnchor.objects.filter(
        span__in=[quote.span_id for quote in quotes], revision__in={quote.article.head_id for quote in quotes}
    )
    anchors = {current.span_id: current.anchor for current in standing.select_related("anchor")}
    made = visible_claims(person).live().decided().filter(quote__in=quotes).select_related("article__head", "speaker")
    claims: dict[int | None, list[ClaimRow]] = defaultdict(list)
    for row in claim_rows(list(with_numbers(made).order_by("pk")), person):
        claims[row.claim.quote_id].append(row)
    return [_quote_row(quote, anchors[quote.span_id], claims[quote.pk]) for quote in quotes]


def _number_in_article() -> Any:
    earlier = Quote.objects.filter(article=OuterRef("article"), pk__lte=OuterRef("pk")).order_by().values("article")
    return earlier.annotate(count=Count("pk")).values("count")


def _quote_row(quote: Any, anchor: Any, claims: Sequence[ClaimRow]) -> QuoteRow:
    spans = sentences_of(quote.article.head.text)
    sentence = 0 if anchor.start is None else sentence_at(spans, anchor.start) + 1
    return QuoteRow(quote, f"Q{quote.number}", anchor.exact, sentence, claims)


def _tallies(claims: Sequence[ClaimRow]) -> list[Tally]:
    by_tone: dict[str, list[ClaimRow]] = defaultdict(list)
    for row in claims:
        by_tone[row.shown.tone].append(row)
    return [Tally(tone, str(name), by_tone[tone]) for tone, name in TONE_NAMES.items() if by_tone[tone]]


def _lanes(speaker: Speaker, claims: Sequence[ClaimRow], quotes: QuerySet[Any], person: Person) -> Lanes | None:
    """The speaker's dated claims over those of the other voices in the same articles."""
    here = Q(article__in=quotes.order_by().values("article")) | Q(article__in={row.claim.article_id for row in claims})
    others = (
        visible_claims(person)
        .live()
        .decided()
        .filter(here, speaker__isnull=False, claim_date__isnull=False)
        .exclude(pk__in=[row.claim.pk for row in claims])
        .select_related("article", "speaker")
    )
    by_voice: dict[str, list[ClaimRow]] = defaultdict(list)
    for row in claim_rows(list(with_numbers(others).order_by("pk")[:MOST_CLAIMS]), person):
        by_voice[str(row.claim.speaker)].append(row)
    loudest = sorted(by_voice.items(), key=lambda voice: -len(voice[1]))[:OTHER_VOICES]
    voices = [(speaker.name, claims), *loudest]
    return draw_lanes([(name, _dated(rows, name)) for name, rows in voices])


def _dated(rows: Sequence[ClaimRow], voice: str) -> list[Happening]:
    return [_happening(row, voice) for row in rows if row.claim.claim_date]


def _happening(row: ClaimRow, voice: str) -> Happening:
    claim: Claim = row.claim
    assert claim.claim_date is not None
    what = row.shown.rating or str(TONE_NAMES[row.shown.tone])
    title = f"{row.label}, {voice}, {date_format(claim.claim_date, 'j F Y')}: {what}"
    return Happening(claim.claim_date, row.label, row.shown.tone, title, reverse("annotations:claim", args=[claim.uid]))


def _likely(speaker: Speaker, person: Person) -> list[SpeakerRow]:
    """Speakers who could be the same by one of the names, the likeliest first."""
    if speaker.merged_into_id:
        return []
    names = (speaker.name, *speaker.aliases)[:MOST_NAMES]
    mentions = [Mention(name, name, speaker.title, speaker.affiliation) for name in names]
    best: dict[Any, Candidate] = {}
    for resolution in resolve_speakers(mentions, person=person):
        for candidate in resolution.candidates:
            key = candidate.speaker.pk
            best[key] = max(candidate, best.get(key, candidate), key=lambda one: one.score)
    best.pop(speaker.pk, None)
    likely = sorted(best.values(), key=lambda one: (-one.score, one.speaker.name))[:LIKELY]
    return speaker_rows([candidate.speaker for candidate in likely], person)
