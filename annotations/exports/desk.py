"""Annotations with all they rest on, so that another desk can take them in: one JSON object per line.

Where :mod:`annotations.exports.ndjson` gives one flat row per live annotation, this gives records of several types,
each after the records that it names: people, speakers, sources, codebooks, projects, articles with all their texts,
quotes, claims, bias tags, evidence, readings, and checks with their verdicts, the retracted and the rejected among
them. Keys never leave the desk;
records name each other by uid. The database writes finished lines, so it takes about as long as COPY alone.

Every SELECT orders its rows by what travels with them, so that two desks with the same records write the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotations.exports.deskchecks import CHECKING, OF_CHECKS, SPOKEN_IN_REPLIES, VERDICTS, WROTE_TO_CHECKS
from annotations.exports.record import About, gettext_noop
from annotations.exports.recordkind import RecordKind, made, moment, nested, people_of, person, plain

MEDIA_TYPE = "application/x-ndjson"
ABOUT = About(
    "Another Newsdesk",
    "ndjson",
    gettext_noop("Articles, sources and annotations with all they rest on, for another desk to take in."),
    drops=gettext_noop("Comments, histories and the bytes a piece came in stay here."),
)
# See annotations.exports.ndjson: in COPY's csv format a line of JSON leaves as it is.
OPTIONS = "FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01'"


_SPEAKER = "(SELECT s.uid FROM articles_speaker s WHERE s.id = m.speaker_id)"
_PROJECT = "(SELECT j.slug FROM annotations_project j WHERE j.id = m.project_id AND NOT j.is_default)"

_ANCHORS = nested(
    {
        "uid": "n.uid",
        "revision": "v.number",
        "text_sha256": "v.text_sha256",
        **plain("n", "sequence", "start", "end", "exact", "prefix", "suffix", "state", "reason"),
        "is_current": "h.id IS NOT NULL",
        **made("n"),
    },
    "articles_anchor n JOIN articles_revision v ON v.id = n.revision_id "
    "LEFT JOIN articles_currentanchor h ON h.anchor_id = n.id WHERE n.span_id = m.span_id",
    "v.number, n.sequence",
)

_PLACE = {
    "uid": "m.uid",
    "article": "a.uid",
    "span": "(SELECT p.uid FROM articles_span p WHERE p.id = m.span_id)",
    "anchors": _ANCHORS,
}

_JUDGED = {
    **plain("m", "note", "origin", "proposer", "proposer_version", "confidence", "rule"),
    "decided_by": person("m.decided_by_id"),
    "decided_at": moment("m.decided_at"),
    "retracted_by": person("m.retracted_by_id"),
    "retracted_at": moment("m.retracted_at"),
    "retraction_reason": "m.retraction_reason",
    "version": "m.version",
    **made("m"),
    # For readers of a single line, and for whoever knows neither the people nor the speakers of this desk.
    "annotator": "(SELECT u.name FROM newsdesk_user u WHERE u.id = m.created_by_id)",
}
_SPEAKER_NAME = "(SELECT s.name FROM articles_speaker s WHERE s.id = m.speaker_id)"

# Where a mark stands now orders it, so that a file reads like its text.
_MARKED = """
{table} m JOIN articles_article a ON a.id = m.article_id
LEFT JOIN articles_currentanchor h ON h.span_id = m.span_id AND h.revision_id = a.head_id
LEFT JOIN articles_anchor n ON n.id = h.anchor_id
WHERE m.article_id IN ({{articles}}) AND {{{condition}}}"""
_IN_THE_TEXT = 'a.received_at, a.uid, n.start NULLS FIRST, n."end", m.created_at, m.uid'

QUOTES = RecordKind(
    "quote",
    {
        **_PLACE,
        "speaker": _SPEAKER,
        **plain("m", "kind", "cue", "mention", "language", "wording"),
        "proposed_speaker": """(SELECT row_to_json(r) FROM (
            SELECT o.name, o.title, o.affiliation, o.why_unnamed
            FROM articles_proposedspeaker o WHERE o.quote_id = m.id) AS r)""",
        **_JUDGED,
        "speaker_name": _SPEAKER_NAME,
    },
    _MARKED.format(table="articles_quote", condition="quotes"),
    _IN_THE_TEXT,
)

CLAIMS = RecordKind(
    "claim",
    {
        **_PLACE,
        "project": _PROJECT,
        "quote": "(SELECT q.uid FROM articles_quote q WHERE q.id = m.quote_id)",
        "canonical": "m.canonical",
        "claimant": "m.claimant_kind",
        "speaker": _SPEAKER,
        **plain("m", "claim_date", "date_basis", "date_note", "claim_type", "checkable", "checkable_reason"),
        **plain("m", "priority", "risk", "risk_reason"),
        "same_as": "(SELECT c.uid FROM annotations_claim c WHERE c.id = m.same_as_id)",
        **_JUDGED,
        "speaker_name": _SPEAKER_NAME,
    },
    _MARKED.format(table="annotations_claim", condition="marks"),
    _IN_THE_TEXT,
)

BIAS_TAGS = RecordKind(
    "bias_tag",
    {
        **_PLACE,
        "project": _PROJECT,
        "level": "m.level",
        "codebook": "(SELECT k.name || ' ' || k.number FROM annotations_codebook k WHERE k.id = b.codebook_id)",
        "category": "b.slug",
        "category_uid": "b.uid",
        "secondary": """ARRAY(SELECT y.slug FROM annotations_secondarycategory x
            JOIN annotations_biascategory y ON y.id = x.category_id WHERE x.tag_id = m.id ORDER BY x.position)""",
        "secondary_uids": """ARRAY(SELECT y.uid FROM annotations_secondarycategory x
            JOIN annotations_biascategory y ON y.id = x.category_id WHERE x.tag_id = m.id ORDER BY x.position)""",
        **plain("m", "severity", "polarity", "target", "voice", "neutral_alternative"),
        **_JUDGED,
    },
    _MARKED.format(table="annotations_biastag", condition="marks").replace(
        "WHERE", "JOIN annotations_biascategory b ON b.id = m.category_id WHERE", 1
    ),
    _IN_THE_TEXT,
)

ARTICLES = RecordKind(
    "article",
    {
        **plain("a", "uid", "slug", "language", "outlet", "byline", "dateline", "credit", "section", "canonical_url"),
        "published_at": moment("a.published_at"),
        **plain("a", "date_basis", "date_note"),
        "received_at": moment("a.received_at"),
        "embargo_until": moment("a.embargo_until"),
        **plain("a", "rights", "rights_terms", "rights_end_date", "usage_terms", "editor_note"),
        **plain("a", "access", "access_reason", "is_demonstration"),
        **made("a"),
        "revisions": nested(
            {
                **plain("v", "uid", "number", "headline", "blocks", "text", "text_sha256", "removed", "note"),
                **made("v"),
            },
            "articles_revision v WHERE v.article_id = a.id",
            "v.number",
        ),
    },
    "articles_article a WHERE a.id IN ({articles})",
    "a.received_at, a.uid",
)

_CITED = """annotations_evidence e JOIN annotations_claim m ON m.id = e.claim_id
    JOIN articles_snapshot t ON t.id = e.snapshot_id
    WHERE m.article_id IN ({articles}) AND {marks} AND t.source_id IN ({sources})"""

SOURCES = RecordKind(
    "source",
    {
        **plain("o", "uid", "title", "publisher", "kind", "url", "url_note", "published_date", "obtained_from"),
        **plain("o", "interests", "language", "rights", "rights_terms", "rights_end_date", "access", "access_reason"),
        **plain("o", "is_demonstration", "version"),
        **made("o"),
        "snapshots": nested(
            {
                **plain("t", "uid", "number", "text", "text_sha256", "basis"),
                "captured_at": moment("t.captured_at"),
                "note": "t.note",
                **made("t"),
            },
            "articles_snapshot t WHERE t.source_id = o.id",
            "t.number",
        ),
    },
    f"articles_source o WHERE o.id IN (SELECT t.source_id FROM {_CITED})",  # noqa: S608
    'o.title COLLATE "C", o.uid',
)

EVIDENCE = RecordKind(
    "evidence",
    {
        "uid": "e.uid",
        "claim": "m.uid",
        "snapshot": "t.uid",
        **plain("e", "start", "end", "excerpt", "stance", "question", "found_query", "found_rank", "found_score"),
        "detached_by": person("e.detached_by_id"),
        "detached_at": moment("e.detached_at"),
        "version": "e.version",
        **made("e"),
        "annotator": "(SELECT u.name FROM newsdesk_user u WHERE u.id = e.created_by_id)",
    },
    _CITED,
    "m.created_at, m.uid, e.created_at, e.uid",
)

CODEBOOKS = RecordKind(
    "codebook",
    {
        **plain("k", "uid", "name", "number"),
        # What came with the desk came to every desk at another time.
        "created_by": person("k.created_by_id"),
        "created_at": f"CASE WHEN k.created_by_id IS NOT NULL THEN {moment('k.created_at')} END",
        "categories": nested(
            plain("b", "uid", "order", "slug", "name", "family", "definition", "levels", "maps_to"),
            "annotations_biascategory b WHERE b.codebook_id = k.id",
            'b."order"',
        ),
    },
    """annotations_codebook k WHERE k.id IN (
        SELECT b.codebook_id FROM annotations_biascategory b WHERE b.id IN (
            SELECT m.category_id FROM annotations_biastag m WHERE m.article_id IN ({articles}) AND {marks}
            UNION SELECT x.category_id FROM annotations_secondarycategory x
            JOIN annotations_biastag m ON m.id = x.tag_id
            WHERE m.article_id IN ({articles}) AND {marks})
        UNION SELECT j.codebook_id FROM annotations_project j WHERE NOT j.is_default AND j.id IN ({projects})
        UNION SELECT d.codebook_id FROM annotations_reading d JOIN articles_revision v ON v.id = d.revision_id
            WHERE v.article_id IN ({articles}) AND {readings})""",
    'k.name COLLATE "C", k.number',
)

# Those in which something of these articles was judged or read.
_STUDIES = """annotations_project j WHERE NOT j.is_default AND j.id IN ({projects}) AND (
    EXISTS (SELECT FROM annotations_claim m WHERE m.project_id = j.id AND m.article_id IN ({articles}) AND {marks})
    OR EXISTS (SELECT FROM annotations_biastag m WHERE m.project_id = j.id AND m.article_id IN ({articles}) AND {marks})
    OR EXISTS (SELECT FROM annotations_reading d JOIN articles_revision v ON v.id = d.revision_id
        WHERE d.project_id = j.id AND v.article_id IN ({articles}) AND {readings}))"""

PROJECTS = RecordKind(
    "project",
    {
        **plain("j", "uid", "slug", "name"),
        "codebook": "(SELECT k.uid FROM annotations_codebook k WHERE k.id = j.codebook_id)",
        **plain("j", "guidelines", "suggestion_policy", "suggestion_rules", "is_blind", "version"),
        **made("j"),
    },
    _STUDIES,
    'j.slug COLLATE "C"',
)

READINGS = RecordKind(
    "reading",
    {
        "uid": "d.uid",
        "project": "(SELECT j.slug FROM annotations_project j WHERE j.id = d.project_id AND NOT j.is_default)",
        "article": "a.uid",
        "revision": "v.number",
        "codebook": "(SELECT k.uid FROM annotations_codebook k WHERE k.id = d.codebook_id)",
        "submitted_at": moment("d.submitted_at"),
        "findings": nested(
            {**plain("f", "uid", "start", "end", "finding", "sequence"), **made("f")},
            "annotations_sentencefinding f WHERE f.reading_id = d.id",
            "f.start, f.sequence",
        ),
        "version": "d.version",
        **made("d"),
    },
    """annotations_reading d JOIN articles_revision v ON v.id = d.revision_id
    JOIN articles_article a ON a.id = v.article_id WHERE a.id IN ({articles}) AND {readings}""",
    "a.received_at, a.uid, d.created_at, d.uid",
)

_SPOKEN = " UNION ".join(
    [
        "SELECT m.speaker_id FROM articles_quote m WHERE m.article_id IN ({articles}) AND {quotes}",
        "SELECT m.speaker_id FROM annotations_claim m WHERE m.article_id IN ({articles}) AND {marks}",
        SPOKEN_IN_REPLIES,
    ]
)

SPEAKERS = RecordKind(
    "speaker",
    {
        **plain("s", "uid", "name", "kind", "title", "affiliation", "aliases"),
        "merged_into": "(SELECT i.uid FROM articles_speaker i WHERE i.id = s.merged_into_id)",
        **plain("s", "is_demonstration", "version"),
        **made("s"),
    },
    f"""articles_speaker s WHERE s.id IN ({_SPOKEN}) OR s.id IN (
        SELECT w.merged_into_id FROM articles_speaker w WHERE w.id IN ({_SPOKEN}))""",  # noqa: S608
    's.merged_into_id IS NOT NULL, s.name COLLATE "C", s.uid',
)


_MARK_COLUMNS = ("created_by", "decided_by", "retracted_by")
_OF_MARKS = "{table} m WHERE m.article_id IN ({{articles}}) AND {{{condition}}}"
_ANCHORED = """articles_anchor n JOIN {table} m ON m.span_id = n.span_id
    WHERE m.article_id IN ({{articles}}) AND {{{condition}}}"""
_TABLES = (("articles_quote", "quotes"), ("annotations_claim", "marks"), ("annotations_biastag", "marks"))

_SNAPSHOTS = f"articles_snapshot t WHERE t.source_id IN (SELECT o.id FROM {SOURCES.source})"  # noqa: S608
_FINDINGS = f"annotations_sentencefinding f WHERE f.reading_id IN (SELECT d.id FROM {READINGS.source})"  # noqa: S608

PEOPLE = RecordKind(
    "person",
    {**plain("u", "uid", "name")},
    "newsdesk_user u WHERE u.id IN ("
    + people_of(
        *(("m", _OF_MARKS.format(table=table, condition=name), _MARK_COLUMNS) for table, name in _TABLES),
        *(("n", _ANCHORED.format(table=table, condition=name), ("created_by",)) for table, name in _TABLES),
        ("a", ARTICLES.source, ("created_by",)),
        ("v", "articles_revision v WHERE v.article_id IN ({articles})", ("created_by",)),
        ("e", _CITED, ("created_by", "detached_by")),
        ("o", SOURCES.source, ("created_by",)),
        ("t", _SNAPSHOTS, ("created_by",)),
        ("s", SPEAKERS.source, ("created_by",)),
        ("k", CODEBOOKS.source, ("created_by",)),
        ("j", PROJECTS.source, ("created_by",)),
        ("d", READINGS.source, ("created_by",)),
        ("f", _FINDINGS, ("created_by",)),
        *OF_CHECKS,
    )
    + f" UNION {WROTE_TO_CHECKS})",
    'u.name COLLATE "C", u.uid',
)

# In the order in which they are written: whatever a record names stands before it.
KINDS: tuple[RecordKind, ...] = (
    PEOPLE,
    SPEAKERS,
    SOURCES,
    CODEBOOKS,
    PROJECTS,
    ARTICLES,
    QUOTES,
    CLAIMS,
    BIAS_TAGS,
    EVIDENCE,
    READINGS,
    CHECKING,
)
# What is an annotation in the words of the W3C.
ANNOTATIONS: tuple[RecordKind, ...] = (QUOTES, CLAIMS, BIAS_TAGS, EVIDENCE, VERDICTS)


@dataclass(frozen=True, slots=True)
class DeskFormat:
    """Lets the database write finished lines of all :data:`KINDS`, one statement each."""

    name: str
    media_type: str
    about: About
    options: str = OPTIONS


DESK = DeskFormat(name="desk.ndjson", media_type=MEDIA_TYPE, about=ABOUT)
