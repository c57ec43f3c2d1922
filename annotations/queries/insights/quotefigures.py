"""Who is quoted: how often, how long, in their own words or not, and who has the first and the last word.

Quotes are the live ones of the newest texts that somebody decided on. Names that were merged are one voice. How long a
quote is is counted in words, which stretches without white space are; the first and the last word are counted in the
texts that quote two voices or more, for where one voice speaks alone it has both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from annotations.queries.desk.columns import Columns, draw_columns
from annotations.queries.desk.quoted import KINDS, dated
from annotations.queries.insights.portions import Portion
from annotations.queries.insights.scope import UNKNOWN, Scope, articles_in
from articles.models import QuoteKind, Speaker, Wording
from articles.permissions import visible_quotes

if TYPE_CHECKING:
    from articles.models.quote import QuoteQuerySet
    from articles.permissions import Person

MOST_VOICES = 40
MOST_TEXTS = 20_000

# Words stand in the anchors, one look-up for each quote, so on a large desk only the newest texts are gone through.
# Speakers are looked up one by one: how many quotes there will be the planner cannot foresee.
_VOICES = """
WITH seen AS ({articles} ORDER BY "day" DESC, "id" DESC LIMIT %s), quoted AS (
    SELECT quote.id, quote.kind, quote.article_id, anchor.start, regexp_count(anchor.exact, '\\S+') AS words,
        coalesce((SELECT merged_into_id FROM articles_speaker WHERE id = quote.speaker_id), quote.speaker_id) AS voice
    FROM seen
    JOIN articles_quote quote ON quote.article_id = seen.id
    JOIN articles_currentanchor standing ON standing.span_id = quote.span_id AND standing.revision_id = seen.head_id
    JOIN articles_anchor anchor ON anchor.id = standing.anchor_id
    WHERE quote.retracted_at IS NULL AND quote.origin NOT IN ('rejected', 'suggested')
), spoken AS (
    SELECT voice, article_id, count(*) AS quotes, count(*) FILTER (WHERE kind = 'direct') AS direct,
        sum(words) AS words, min(start) AS begins, max(start) AS ends
    FROM quoted GROUP BY 1, 2
), placed AS (
    SELECT *, begins = min(begins) OVER beside AS is_first, ends = max(ends) OVER beside AS is_last,
        count(*) OVER beside > 1 AS is_shared
    FROM spoken WINDOW beside AS (PARTITION BY article_id)
)
SELECT voice, sum(quotes)::bigint AS quotes, sum(direct)::bigint, sum(words)::bigint,
    count(*), count(*) FILTER (WHERE is_shared), count(*) FILTER (WHERE is_shared AND is_first),
    count(*) FILTER (WHERE is_shared AND is_last), count(*) OVER ()
FROM placed GROUP BY voice ORDER BY quotes DESC, voice NULLS LAST LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Voice:
    """How somebody is quoted.

    :ivar uid: of the speaker; None for quotes of whom nobody knows who speaks.
    :ivar words: of all their quotes together.
    :ivar direct: in their own words, of all their quotes.
    :ivar first: texts in which the first quote is theirs, of those with two voices or more; so ``last``.
    """

    uid: UUID | None
    name: str
    quotes: int
    words: int
    articles: int
    direct: Portion
    first: Portion
    last: Portion

    @property
    def words_each(self) -> float:
        """How long a quote of theirs is, on average, in words."""
        return self.words / self.quotes


@dataclass(frozen=True, slots=True)
class Voices:
    """The voices quoted most, by name, and how many there are in all."""

    voices: Sequence[Voice]
    total: int

    @property
    def left_out(self) -> int:
        return self.total - len(self.voices)


def count_voices(
    person: Person, scope: Scope, *, most: int | None = MOST_VOICES, most_texts: int = MOST_TEXTS
) -> Voices:
    """Who is quoted in these articles, by name; of more than ``most`` those quoted most. Two queries.

    :param most_texts: of more articles the newest ones are gone through.
    """
    articles = articles_in(person, scope).order_by().values("id", "head_id", "day")
    try:
        seen, given = articles.query.sql_with_params()
    except EmptyResultSet:
        return Voices([], 0)
    with connection.cursor() as cursor:
        cursor.execute(_VOICES.replace("{articles}", seen), [*given, most_texts, most])
        rows = cursor.fetchall()
    speakers = Speaker.objects.in_bulk([row[0] for row in rows if row[0]])
    voices = sorted(
        (_voice(speakers.get(key), *numbers[:-1]) for key, *numbers in rows),
        key=lambda voice: (voice.uid is None, voice.name.casefold()),
    )
    return Voices(voices, rows[0][-1] if rows else 0)


def _voice(
    speaker: Speaker | None, quotes: int, direct: int, words: int, articles: int, shared: int, first: int, last: int
) -> Voice:
    named, value = (speaker.name, str(speaker.uid)) if speaker else (_("Nobody named"), UNKNOWN)
    return Voice(
        speaker.uid if speaker else None,
        named,
        quotes,
        words,
        articles,
        Portion(value, named, direct, quotes),
        Portion(value, named, first, shared),
        Portion(value, named, last, shared),
    )


def quotes_in(person: Person, scope: Scope, *, speaker: str = "", kind: str = "") -> QuoteQuerySet:
    """The quotes behind a figure: of one voice, by uid or ``-`` for nobody named, and of one kind, where given."""
    quotes: Any = visible_quotes(person).live().decided()
    if scope != Scope():
        quotes = quotes.filter(article__in=articles_in(person, scope))
    if speaker == UNKNOWN:
        quotes = quotes.filter(speaker=None)
    elif speaker:
        quotes = quotes.filter(Q(speaker__uid=speaker) | Q(speaker__merged_into__uid=speaker))
    if kind in QuoteKind.values:
        quotes = quotes.filter(kind=kind)
    return quotes  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Forms:
    """All these quotes by form and by whose words are printed, and over time."""

    total: int
    articles: int
    kinds: Sequence[Portion]
    wordings: Sequence[Portion]
    columns: Columns | None


def count_forms(person: Person, scope: Scope) -> Forms:
    """All these quotes, however many, counted by the database; two queries."""
    quotes = quotes_in(person, scope).order_by()
    by_day: Counter[tuple[date, str]] = Counter()
    kinds, wordings = Counter[str](), Counter[str]()
    for day, kind, wording, count in dated(quotes).values_list("day", "kind", "wording").annotate(count=Count("pk")):
        by_day[day, kind] += count
        kinds[kind] += count
        wordings[wording] += count
    total = kinds.total()
    return Forms(
        total,
        quotes.values("article").distinct().count() if total else 0,
        [Portion(each.value, str(each.label), kinds[each], total) for each in KINDS],
        [Portion(each.value, str(each.label), wordings[each], total) for each in Wording],
        draw_columns(by_day, KINDS),
    )
