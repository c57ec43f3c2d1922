"""How claims were checked, as it travels: drafts with their reviews, whom the desk asked, and what it says.

All of it stands in one record per claim, because one cannot be without the other: a verdict rests on checks, these
were approved by second persons, and whoever is named was heard.
"""

from __future__ import annotations

from annotations.exports.recordkind import RecordKind, made, moment, nested, person, plain

_CLAIMED = "annotations_claim m WHERE m.article_id IN ({articles}) AND {marks}"
_CHECKS = "annotations_factcheck c WHERE c.claim_id {of} AND {checks}"
_REPLIES = "annotations_reply y WHERE y.claim_id {of} AND {replies}"
_GIVEN = "annotations_deskverdict w WHERE w.claim_id {of}"
_OF_THIS, _OF_ALL = "= m.id", f"IN (SELECT m.id FROM {_CLAIMED})"  # noqa: S608


def _this(source: str) -> str:
    return source.replace("{of}", _OF_THIS)


def _all(source: str) -> str:
    return source.replace("{of}", _OF_ALL)


_RATING = """(SELECT row_to_json(r) FROM (SELECT l.slug AS scale, g.slug, g.name FROM annotations_rating g
    JOIN annotations_verdictscale l ON l.id = g.scale_id WHERE g.id = {alias}.rating_id) AS r)"""
_SEARCHES = """(SELECT coalesce(jsonb_agg(e.value || jsonb_build_object('by', (
        SELECT u.uid FROM newsdesk_user u WHERE u.id = (e.value ->> 'by')::bigint)) ORDER BY e.ordinality), '[]')
    FROM jsonb_array_elements(c.search_log) WITH ORDINALITY AS e)"""

_REVIEWS = nested(
    {"uid": "x.uid", **plain("x", "decision", "reason", "version_seen"), **made("x")},
    "annotations_review x WHERE x.fact_check_id = c.id",
    "x.version_seen, x.created_at, x.uid",
)

_DRAFT = {
    "uid": "c.uid",
    "checker": person("c.checker_id"),
    **plain("c", "state", "verdict"),
    "rating": _RATING.format(alias="c"),
    **plain("c", "qualifiers", "reason", "note", "one_source_reason"),
    "search_log": _SEARCHES,
    "authors": "ARRAY(SELECT u.uid FROM newsdesk_user u WHERE u.id = ANY(c.authors) ORDER BY u.uid)",
    "anchor_seen": "(SELECT n.uid FROM articles_anchor n WHERE n.id = c.anchor_seen_id)",
    "claim_version_seen": "c.claim_version_seen",
    "matched_seen": "(SELECT w.uid FROM annotations_deskverdict w WHERE w.id = c.matched_seen_id)",
    "written_at": moment("c.written_at"),
    "due_at": moment("c.due_at"),
    "reviews": _REVIEWS,
    "version": "c.version",
    **made("c"),
}

_REPLY = {
    "uid": "y.uid",
    "speaker": "(SELECT s.uid FROM articles_speaker s WHERE s.id = y.speaker_id)",
    "name": "y.name",
    "approached_by": person("y.approached_by_id"),
    "asked_at": moment("y.asked_at"),
    **plain("y", "channel", "question"),
    "deadline": moment("y.deadline"),
    "answer": "y.answer",
    "answered_at": moment("y.answered_at"),
    "not_asked_reason": "y.not_asked_reason",
    "retracted_by": person("y.retracted_by_id"),
    "retracted_at": moment("y.retracted_at"),
    "version": "y.version",
    **made("y"),
}

_SAID = {
    "uid": "w.uid",
    **plain("w", "number", "verdict"),
    "rating": _RATING.format(alias="w"),
    **plain("w", "qualifiers", "reason", "dissent", "correction_note"),
    "rests_on": nested(
        {"check": "c.uid", "version_seen": "z.version_seen"},
        "annotations_restingon z JOIN annotations_factcheck c ON c.id = z.fact_check_id WHERE z.desk_verdict_id = w.id",
        "c.uid",
    ),
    **made("w"),
}

# One per claim that anybody began to check. Its uid is the claim's; its version rises with whatever is written to it.
CHECKING = RecordKind(
    "checking",
    {
        "uid": "m.uid",
        "replies": nested(_REPLY, _this(_REPLIES), "y.created_at, y.uid"),
        "checks": nested(_DRAFT, _this(_CHECKS), "c.created_at, c.uid"),
        "verdicts": nested(_SAID, _this(_GIVEN), "w.number"),
        "version": f"""(SELECT count(*) FROM {_this(_GIVEN)})
            + (SELECT coalesce(sum(y.version), 0) FROM {_this(_REPLIES)})
            + (SELECT coalesce(sum(c.version), 0) FROM {_this(_CHECKS)})""",  # noqa: S608
    },
    f"""{_CLAIMED} AND (EXISTS (SELECT FROM {_this(_CHECKS)}) OR EXISTS (SELECT FROM {_this(_REPLIES)})
        OR EXISTS (SELECT FROM {_this(_GIVEN)}))""",  # noqa: S608
    "m.created_at, m.uid",
)

SPOKEN_IN_REPLIES = f"SELECT y.speaker_id FROM {_all(_REPLIES)}"  # noqa: S608
_REVIEWED = f"annotations_review x WHERE x.fact_check_id IN (SELECT c.id FROM {_all(_CHECKS)})"  # noqa: S608
# Sources with the columns in which they name people, as annotations.exports.recordkind.people_of takes them.
OF_CHECKS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("c", _all(_CHECKS), ("created_by", "checker")),
    ("x", _REVIEWED, ("created_by",)),
    ("y", _all(_REPLIES), ("created_by", "approached_by", "retracted_by")),
    ("w", _all(_GIVEN), ("created_by",)),
)
WROTE_TO_CHECKS = f"""SELECT unnest(c.authors) FROM {_all(_CHECKS)}
    UNION SELECT (e.value ->> 'by')::bigint FROM annotations_factcheck c, jsonb_array_elements(c.search_log) AS e
    WHERE c.claim_id {_OF_ALL} AND {{checks}}"""  # noqa: S608

# What the desk says of claims, one annotation each.
VERDICTS = RecordKind(
    "verdict",
    {
        "uid": "w.uid",
        "claim": "m.uid",
        "number": "w.number",
        "verdict": "w.verdict",
        "rating": "(SELECT g.name FROM annotations_rating g WHERE g.id = w.rating_id)",
        **plain("w", "qualifiers", "reason", "dissent", "correction_note"),
        **made("w"),
        "annotator": "(SELECT u.name FROM newsdesk_user u WHERE u.id = w.created_by_id)",
    },
    """annotations_deskverdict w JOIN annotations_claim m ON m.id = w.claim_id
    WHERE m.article_id IN ({articles}) AND {marks}""",
    "m.created_at, m.uid, w.number",
)
