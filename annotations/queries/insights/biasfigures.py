"""How often bias is tagged in what was read: by outlet, section, author, category and over time.

Only what was read counts. Of a text that somebody of the desk read to the end, every sentence was read; of one whose
reading is still open, the sentences of which somebody said something or in which a tag stands. A sentence that nobody
read is not a clean one, so it stands in neither number. Tags are the desk's own, live, and made or decided on one by
one by a person. Nothing is counted by whom words are about or who is quoted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.queries.insights.portions import Point, Portion
from annotations.queries.insights.scope import UNKNOWN, Scope, articles_in

if TYPE_CHECKING:
    from articles.permissions import Person


class By(StrEnum):
    """What the figures are broken down by."""

    OUTLET = "outlet"
    SECTION = "section"
    AUTHOR = "author"
    CATEGORY = "category"


class Unit(StrEnum):
    """What is counted: sentences that were read, or texts that were read to the end."""

    SENTENCES = "sentences"
    TEXTS = "texts"


NAMES: Mapping[str, object] = {
    By.OUTLET: gettext_lazy("Outlet"),
    By.SECTION: gettext_lazy("Section"),
    By.AUTHOR: gettext_lazy("Author"),
    By.CATEGORY: gettext_lazy("Category"),
}
COLUMN = {By.OUTLET: "outlet", By.SECTION: "section", By.AUTHOR: "byline"}
LAST_DAY_OF_DAYS = 62  # days; beyond them the course is by month

# read: one text of each article, the one read to the end before others, then the newest.
# tagged: the sentences of these texts with a tag. looked: those that were read in open readings.
# {articles} is the query of :func:`articles_in`; {counts} the condition under which a tag counts.
_READ = """
WITH seen AS ({articles}), read AS (
    SELECT DISTINCT ON (seen.id) seen.*, reading.revision_id, kept.starts, reading.submitted_at IS NOT NULL AS is_whole
    FROM annotations_reading reading
    JOIN annotations_project project ON project.id = reading.project_id AND project.is_default
    JOIN articles_revision revision ON revision.id = reading.revision_id
    JOIN annotations_sentencestarts kept ON kept.revision_id = reading.revision_id
    JOIN seen ON seen.id = revision.article_id
    ORDER BY seen.id, (reading.submitted_at IS NOT NULL) DESC, revision.number DESC
), tag AS (
    SELECT read.id AS article_id, tag.id, tag.category_id, category.slug, category.name, category.order,
        tag.level, anchor.start, anchor."end", read.starts, read.is_whole, {counts} AS counts
    FROM read
    JOIN annotations_biastag tag ON tag.article_id = read.id
    JOIN annotations_project project ON project.id = tag.project_id AND project.is_default
    JOIN annotations_biascategory category ON category.id = tag.category_id
    LEFT JOIN articles_currentanchor standing
        ON standing.span_id = tag.span_id AND standing.revision_id = read.revision_id
    LEFT JOIN articles_anchor anchor ON anchor.id = standing.anchor_id
    WHERE tag.retracted_at IS NULL AND tag.origin IN ('human', 'accepted', 'corrected')
        AND (tag.level = 'article' OR anchor.start IS NOT NULL)
), tagged AS (
    SELECT article_id, sentence, slug, bool_or(counts) AS counts
    FROM tag CROSS JOIN LATERAL
        generate_series(width_bucket(start, starts), width_bucket("end" - 1, starts)) AS sentence
    WHERE start IS NOT NULL
    GROUP BY 1, 2, 3
), said AS (
    SELECT DISTINCT ON (finding.reading_id, finding.start)
        read.id AS article_id, width_bucket(finding.start, read.starts) AS sentence, finding.finding
    FROM read
    JOIN annotations_reading reading ON reading.revision_id = read.revision_id
    JOIN annotations_project project ON project.id = reading.project_id AND project.is_default
    JOIN annotations_sentencefinding finding ON finding.reading_id = reading.id
    WHERE NOT read.is_whole
    ORDER BY finding.reading_id, finding.start, finding.sequence DESC
), looked AS (
    SELECT article_id, count(*) AS sentences
    FROM (SELECT article_id, sentence FROM said WHERE finding <> '' UNION SELECT article_id, sentence FROM tagged) one
    GROUP BY article_id
), hit AS (
    SELECT article_id, count(DISTINCT sentence) AS sentences FROM tagged WHERE counts GROUP BY article_id
), text AS (
    SELECT read.id, read.outlet, read.section, read.byline, read.day, read.is_whole,
        CASE WHEN read.is_whole THEN cardinality(read.starts) ELSE coalesce(looked.sentences, 0) END AS sentences,
        coalesce(hit.sentences, 0) AS tagged,
        EXISTS (SELECT FROM tag WHERE tag.article_id = read.id AND tag.counts) AS has_tag
    FROM read
    LEFT JOIN looked ON looked.article_id = read.id
    LEFT JOIN hit ON hit.article_id = read.id
)
"""
_SUMS = """sum(sentences)::bigint, sum(tagged)::bigint, count(*) FILTER (WHERE is_whole),
    count(*) FILTER (WHERE is_whole AND has_tag), count(*)"""

_CATEGORIES = {
    Unit.SENTENCES: """
        SELECT slug, min(name), count(*), (SELECT sum(sentences)::bigint FROM text)
        FROM (SELECT DISTINCT tagged.article_id, tagged.sentence, slug FROM tagged) one
        JOIN (SELECT DISTINCT ON (slug) slug, name FROM tag ORDER BY slug, category_id DESC) named USING (slug)
        GROUP BY slug""",
    Unit.TEXTS: """
        SELECT slug, min(named.name), count(DISTINCT article_id), (SELECT count(*) FILTER (WHERE is_whole) FROM text)
        FROM tag
        JOIN (SELECT DISTINCT ON (slug) slug, name FROM tag ORDER BY slug, category_id DESC) named USING (slug)
        WHERE is_whole GROUP BY slug""",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What was read of some texts, and in how much of it bias was tagged.

    :ivar texts: read to the end; ``begun`` of which sentences were read; ``texts_tagged`` read to the end and tagged.
    """

    sentences: int = 0
    sentences_tagged: int = 0
    texts: int = 0
    texts_tagged: int = 0
    begun: int = 0

    @classmethod
    def of(cls, sentences: int, tagged: int, texts: int, texts_tagged: int, all_texts: int) -> Counted:
        return cls(sentences, tagged, texts, texts_tagged, all_texts - texts)

    def __add__(self, other: Counted) -> Counted:
        return Counted(
            self.sentences + other.sentences,
            self.sentences_tagged + other.sentences_tagged,
            self.texts + other.texts,
            self.texts_tagged + other.texts_tagged,
            self.begun + other.begun,
        )

    def portion(self, unit: Unit, *, value: str = "", name: str = "", href: str = "") -> Portion:
        numbers = {
            Unit.SENTENCES: (self.sentences_tagged, self.sentences),
            Unit.TEXTS: (self.texts_tagged, self.texts),
        }
        return Portion(value, name, *numbers[unit], href)


def count_by(person: Person, scope: Scope, by: By, unit: Unit) -> list[Portion]:
    """The portions of every group, by name: what is small stands beside what is large, and nothing is ranked."""
    if by == By.CATEGORY:
        return _by_category(person, scope, unit)
    column = COLUMN[by]
    rows = _asked(person, scope, f"SELECT {column}, {_SUMS} FROM text GROUP BY 1")  # noqa: S608 - columns of ours
    portions = [
        Counted.of(*counts).portion(unit, value=name or UNKNOWN, name=name or _("not known")) for name, *counts in rows
    ]
    # Whose bylines or sections are unknown stand last.
    return sorted(portions, key=lambda each: (each.value == UNKNOWN, each.name.casefold(), each.name))


def count_over_time(person: Person, scope: Scope, unit: Unit) -> list[tuple[Point, Counted]]:
    """Month by month, or day by day where all is within two months; stretches without a text read are left out."""
    rows = _asked(person, scope, f"SELECT day, {_SUMS} FROM text GROUP BY 1 ORDER BY 1")  # noqa: S608
    if not rows:
        return []
    is_by_day = (rows[-1][0] - rows[0][0]).days < LAST_DAY_OF_DAYS
    found: dict[date, Counted] = {}
    for day, *counts in rows:
        first = day if is_by_day else day.replace(day=1)
        found[first] = found.get(first, Counted()) + Counted.of(*counts)
    return [
        (Point(first, counted.portion(unit, value=first.isoformat()[: 10 if is_by_day else 7])), counted)
        for first, counted in found.items()
    ]


def _by_category(person: Person, scope: Scope, unit: Unit) -> list[Portion]:
    """Each category of all that was read; a sentence may have tags of several, so the portions add up to more."""
    rows = _asked(person, scope.within(category=""), _CATEGORIES[unit])
    portions = [Portion(slug, name, hits, total) for slug, name, hits, total in rows]
    return sorted(portions, key=lambda each: (each.name.casefold(), each.value))


@dataclass(frozen=True, slots=True)
class ReadTextRow:
    """A text that was read: how many of its sentences, and in how many of these bias was tagged."""

    article: int
    is_whole: bool
    sentences: int
    tagged: int
    tags: Sequence[int]


def texts_read(
    person: Person, scope: Scope, *, only_tagged: bool = False, offset: int = 0, most: int = 26
) -> list[ReadTextRow]:
    """The texts behind a figure, the newest first, each with the keys of the tags that count there."""
    condition = "WHERE has_tag" if only_tagged else ""
    query = (
        "SELECT id, is_whole, sentences, tagged, ARRAY(SELECT tag.id FROM tag WHERE tag.article_id = text.id "  # noqa: S608
        f"AND tag.counts ORDER BY tag.start NULLS FIRST, tag.id) FROM text {condition} ORDER BY day DESC, id DESC "
        "LIMIT %s OFFSET %s"
    )
    return [ReadTextRow(*row) for row in _asked(person, scope, query, most, offset)]


def tags_in_unread_texts(person: Person, scope: Scope) -> int:
    """How many tags stand in texts of which nobody began a reading, and so count nowhere."""
    query = """
        SELECT count(*) FROM seen JOIN annotations_biastag tag ON tag.article_id = seen.id
        JOIN annotations_project project ON project.id = tag.project_id AND project.is_default
        WHERE tag.retracted_at IS NULL AND tag.origin IN ('human', 'accepted', 'corrected')
            AND (%s = '' OR tag.category_id IN (SELECT id FROM annotations_biascategory WHERE slug = %s))
            AND NOT EXISTS (
                SELECT FROM annotations_reading reading
                JOIN articles_revision revision ON revision.id = reading.revision_id
                WHERE revision.article_id = seen.id AND reading.project_id = project.id)"""
    found = _run(person, scope, "WITH seen AS ({articles})" + query, scope.category, scope.category)
    return int(found[0][0]) if found else 0


def _asked(person: Person, scope: Scope, query: str, *values: Any) -> list[Any]:
    counts = "category.slug = %s" if scope.category else "TRUE"
    given = [scope.category] if scope.category else []
    return _run(person, scope, _READ.replace("{counts}", counts) + query, *given, *values)


def _run(person: Person, scope: Scope, query: str, *values: Any) -> list[Any]:
    """The rows of a query over the articles that the person may know of; none where there can be no article."""
    articles = articles_in(person, scope).order_by().values("id", "outlet", "section", "byline", "day")
    try:
        seen, given = articles.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(query.replace("{articles}", seen), [*given, *values])
        return list(cursor.fetchall())
