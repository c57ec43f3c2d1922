"""What the database alone needs: plain SQL through psycopg for the same rows, with the same laws in force.

Statements are as short as the answer allows: no visibility, no version, no history of who asked.
"""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg import Connection

from bench.loading import Loaded

Raw = Connection[tuple[object, ...]]

LIST = """
SELECT a.uid, a.state, a.language, a.outlet, a.received_at, a.embargo_until, r.number, r.headline, u.name,
    (SELECT count(*) FROM annotations_claim c WHERE c.article_id = a.id AND c.retracted_at IS NULL),
    (SELECT array_agg(t.severity) FROM annotations_biastag t WHERE t.article_id = a.id AND t.retracted_at IS NULL)
FROM articles_article a JOIN articles_revision r ON r.id = a.head_id JOIN newsdesk_user u ON u.id = a.created_by_id
ORDER BY a.received_at DESC, a.id DESC LIMIT 50
"""

TEXT = """
SELECT a.id, a.head_id, r.headline, r.text, r.blocks
FROM articles_article a JOIN articles_revision r ON r.id = a.head_id
WHERE a.uid = %s
"""

MARKS = """
SELECT n.start, n."end", n.exact, q.uid, q.kind, s.name, c.uid, c.canonical, t.uid, t.category_id, t.severity
FROM articles_currentanchor h JOIN articles_anchor n ON n.id = h.anchor_id
LEFT JOIN articles_quote q ON q.span_id = h.span_id LEFT JOIN articles_speaker s ON s.id = q.speaker_id
LEFT JOIN annotations_claim c ON c.span_id = h.span_id LEFT JOIN annotations_biastag t ON t.span_id = h.span_id
WHERE h.revision_id = %s
"""

CREATE = """
WITH head AS (SELECT a.id AS article_id, a.head_id FROM articles_article a WHERE a.uid = %(article)s),
span AS (
    INSERT INTO articles_span (uid, article_id, created_by_id, created_at)
    SELECT %(span)s, article_id, %(by)s, %(at)s FROM head RETURNING id, article_id
), anchor AS (
    INSERT INTO articles_anchor (uid, span_id, revision_id, sequence, start, "end", exact, prefix, suffix, state,
        reason, created_by_id, created_at)
    SELECT %(anchor)s, span.id, head.head_id, 1, %(start)s, %(end)s, %(exact)s, '', '', 'anchored', 'marked',
        %(by)s, %(at)s FROM span, head RETURNING id, span_id, revision_id
), current AS (
    INSERT INTO articles_currentanchor (span_id, revision_id, anchor_id)
    SELECT span_id, revision_id, id FROM anchor
)
INSERT INTO articles_quote (uid, article_id, span_id, kind, version, origin, proposer, proposer_version, rule, note,
    retraction_reason, cue, mention, language, wording, created_by_id, created_at)
SELECT %(quote)s, article_id, id, 'direct', 1, 'human', '', '', '', '', '', '', '', '', 'unknown', %(by)s, %(at)s
FROM span
"""

EXPORT = """
COPY (
    SELECT row_to_json(mark) FROM (
        SELECT coalesce(q.uid, c.uid, t.uid) AS uid, a.uid AS article, r.headline, a.outlet, r.number, r.text_sha256,
            n.start, n."end", n.exact, n.state, s.name AS speaker, q.kind, b.slug AS category, t.severity, t.polarity,
            c.canonical, c.claimant_kind, u.name AS annotator, coalesce(q.created_at, c.created_at, t.created_at)
        FROM articles_article a
        JOIN articles_revision r ON r.id = a.head_id
        JOIN articles_currentanchor h ON h.revision_id = a.head_id
        JOIN articles_anchor n ON n.id = h.anchor_id
        LEFT JOIN articles_quote q ON q.span_id = h.span_id
        LEFT JOIN articles_speaker s ON s.id = q.speaker_id
        LEFT JOIN annotations_claim c ON c.span_id = h.span_id
        LEFT JOIN annotations_biastag t ON t.span_id = h.span_id
        LEFT JOIN annotations_biascategory b ON b.id = t.category_id
        JOIN newsdesk_user u ON u.id = coalesce(q.created_by_id, c.created_by_id, t.created_by_id)
        ORDER BY a.id, n.start
    ) mark
) TO STDOUT
"""

SPEAKERS = """
SELECT id, uid, name, aliases, title, affiliation, kind FROM articles_speaker
WHERE merged_into_id IS NULL AND (keys @> %s::varchar[] OR keys && %s::varchar[]) ORDER BY id LIMIT %s
"""

SHARE_KEYS = """
SELECT q.uid, q.speaker_id, n.exact
FROM articles_quotedwords w
JOIN articles_quote q ON q.id = w.quote_id
JOIN articles_article a ON a.id = q.article_id
JOIN articles_currentanchor h ON h.span_id = q.span_id AND h.revision_id = a.head_id
JOIN articles_anchor n ON n.id = h.anchor_id
WHERE w.keys && %s::int[]
"""


BUILD = (
    "CREATE TABLE bench_words AS SELECT id, to_tsvector('english', text) AS words FROM articles_passage",
    "CREATE INDEX ON bench_words USING gin (words)",
    "DROP TABLE bench_words",
)

SOURCE = """
WITH source AS (
    INSERT INTO articles_source (uid, version, title, publisher, kind, url, url_note, obtained_from, interests,
        language, rights, rights_terms, access, access_reason, is_demonstration, created_by_id, created_at)
    VALUES (gen_random_uuid(), 1, 'A report', '', '', '', '', '', '', 'en', 'unknown', '', 'desk', '', false, %(by)s,
        %(at)s)
    RETURNING id
), snapshot AS (
    INSERT INTO articles_snapshot (uid, source_id, number, text, text_sha256, basis, captured_at, note, created_by_id,
        created_at)
    SELECT gen_random_uuid(), id, 1, %(text)s, encode(sha256(convert_to(%(text)s, 'UTF8')), 'hex'), 'paraphrase',
        %(at)s, '', %(by)s, %(at)s FROM source RETURNING id
), passage AS (
    INSERT INTO articles_passage (snapshot_id, position, start, "end", text)
    SELECT snapshot.id, given.position, given.position, given.position + 1, given.text
    FROM snapshot, unnest(%(passages)s::text[]) WITH ORDINALITY AS given (text, position)
    RETURNING id, snapshot_id, text
)
INSERT INTO articles_passagewords (passage_id, snapshot_id, configuration, length, words)
SELECT id, snapshot_id, 'english', length(vector), vector
FROM (SELECT id, snapshot_id, to_tsvector('english', text) AS vector FROM passage OFFSET 0) read
"""


class Floor:
    """A connection of its own to the desk's database; each statement stands for one request to the desk."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._raw: Raw = psycopg.connect(url, autocommit=True, prepare_threshold=1)
        found = self._raw.execute("SELECT id FROM newsdesk_user WHERE username = 'alice'").fetchone()
        self._by = found[0] if found else None

    def close(self) -> None:
        self._raw.close()

    def shown(self, setting: str) -> str:
        """A setting of the server."""
        found = self._raw.execute("SELECT current_setting(%s)", [setting]).fetchone()
        return str(found[0]) if found else ""

    def select_one(self) -> None:
        """The least that a statement costs."""
        self._raw.execute("SELECT 1").fetchall()

    def read_list(self) -> None:
        self._raw.execute(LIST).fetchall()

    def open_article(self, article: Loaded) -> None:
        found = self._raw.execute(TEXT, [article.uid]).fetchone()
        if found is not None:
            self._raw.execute(MARKS, [found[1]]).fetchall()

    def create(self, article: Loaded, start: int, end: int) -> None:
        """Span, anchor and quote in one statement that commits."""
        uids = {name: uuid.uuid4() for name in ("span", "anchor", "quote")}
        place = {"article": article.uid, "start": start, "end": end, "exact": article.text[start:end]}
        self._raw.execute(CREATE, {**place, **uids, "by": self._by, "at": datetime.now(UTC)})

    def find_speakers(self, words: list[str], wholes: list[str], *, most: int) -> None:
        """The rows by the index of keys, and nothing made of them."""
        self._raw.execute(SPEAKERS, [words, wholes, most]).fetchall()

    def export(self) -> int:
        """Returns the length in bytes."""
        with self._raw.cursor() as cursor, cursor.copy(EXPORT) as copy:
            return sum(len(line) for line in copy)

    def share_keys(self, keys: list[int]) -> None:
        """The words of all quotes that share a run of words."""
        self._raw.execute(SHARE_KEYS, [keys]).fetchall()

    def rank(self, statement: str, values: Sequence[Any]) -> None:
        """The passages that BM25 ranks first, and nothing made of them."""
        self._raw.execute(statement.encode(), values).fetchall()

    def build(self) -> None:
        """The vectors of all passages and an index over them."""
        for statement in BUILD:
            self._raw.execute(statement)

    def store_source(self, passages: Sequence[str], at: datetime) -> None:
        """A source with its passages and their vectors, in one statement that commits."""
        text = "\n\n".join(passages)
        self._raw.execute(SOURCE, {"by": self._by, "at": at, "text": text, "passages": list(passages)})

    def sample(self, statement: str, count: int) -> list[Any]:
        """So many rows of a statement that takes their number."""
        return self._raw.execute(statement.encode(), [count]).fetchall()

    def another(self) -> "Floor":
        """The same with a connection of its own, for another thread."""
        return Floor(self._url)
