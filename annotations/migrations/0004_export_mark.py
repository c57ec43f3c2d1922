"""The view that exports are written from: one row per live annotation, on the newest text of its article."""

from django.db import migrations

# What a claim shows is decided in annotations.queries.verdicts; here it is said once more in SQL, and a test holds
# the two together.
CREATE = """
CREATE VIEW export_mark AS
WITH written AS (
    SELECT
        'quote'::text AS type, q.uid, q.article_id, q.span_id, q.speaker_id, q.kind::text AS kind, NULL::text AS level,
        NULL::bigint AS category_id, NULL::bigint AS tag_id, NULL::smallint AS severity, NULL::smallint AS polarity,
        NULL::text AS target, NULL::text AS voice, NULL::text AS canonical, NULL::text AS claimant,
        NULL::text AS verdict, NULL::text AS rating, NULL::text[] AS qualifiers, NULL::bigint AS project_id,
        q.created_by_id, q.origin, q.version, q.created_at
    FROM articles_quote q
    WHERE q.retracted_at IS NULL AND q.origin <> 'rejected'
    UNION ALL
    SELECT
        'claim', c.uid, c.article_id, c.span_id, c.speaker_id, c.claim_type, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        c.canonical, c.claimant_kind, shown.verdict, shown.rating, shown.qualifiers, c.project_id,
        c.created_by_id, c.origin, c.version, c.created_at
    FROM annotations_claim c
    LEFT JOIN LATERAL (
        (SELECT d.verdict::text, r.name::text AS rating, d.qualifiers::text[], 0 AS rank, 0 AS progress, d.id
         FROM annotations_deskverdict d JOIN annotations_rating r ON r.id = d.rating_id
         WHERE d.claim_id = c.id ORDER BY d.number DESC LIMIT 1)
        UNION ALL
        SELECT f.verdict, r.name, f.qualifiers, 1,
            array_position(
                ARRAY['proposed', 'assigned', 'gathering', 'drafted', 'in_review', 'approved', 'corrected', 'published'],
                f.state::text),
            f.id
        FROM annotations_factcheck f LEFT JOIN annotations_rating r ON r.id = f.rating_id
        WHERE f.claim_id = c.id AND f.state <> 'withdrawn' AND f.verdict <> ''
        ORDER BY rank, progress DESC, id DESC LIMIT 1
    ) shown ON true
    WHERE c.retracted_at IS NULL AND c.origin <> 'rejected'
    UNION ALL
    SELECT
        'bias_tag', t.uid, t.article_id, t.span_id, NULL, NULL, t.level, t.category_id, t.id, t.severity, t.polarity,
        t.target, t.voice, NULL, NULL, NULL, NULL, NULL, t.project_id, t.created_by_id, t.origin, t.version,
        t.created_at
    FROM annotations_biastag t
    WHERE t.retracted_at IS NULL AND t.origin <> 'rejected'
)
SELECT
    w.type,
    w.uid::text AS uid,
    a.uid::text AS article,
    r.headline,
    a.outlet::text AS outlet,
    r.number AS revision,
    r.text_sha256::text AS text_sha256,
    n.start,
    n."end",
    n.exact,
    n.state::text AS state,
    s.name::text AS speaker,
    s.uid::text AS speaker_uid,
    w.kind,
    w.level,
    b.slug::text AS category,
    (SELECT array_agg(sb.slug::text ORDER BY sc.position)
     FROM annotations_secondarycategory sc JOIN annotations_biascategory sb ON sb.id = sc.category_id
     WHERE sc.tag_id = w.tag_id) AS secondary,
    w.severity,
    w.polarity,
    w.target,
    w.voice,
    w.canonical,
    w.claimant,
    w.verdict,
    w.rating,
    w.qualifiers,
    p.name::text AS annotator,
    p.uid::text AS annotator_uid,
    w.origin::text AS origin,
    j.slug::text AS project,
    k.name || ' ' || k.number AS codebook,
    w.version,
    to_char(w.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at,
    w.created_at AS made_at,
    a.id AS article_id
FROM written w
JOIN articles_article a ON a.id = w.article_id
JOIN articles_revision r ON r.id = a.head_id
JOIN newsdesk_user p ON p.id = w.created_by_id
LEFT JOIN articles_currentanchor h ON h.span_id = w.span_id AND h.revision_id = a.head_id
LEFT JOIN articles_anchor n ON n.id = h.anchor_id
LEFT JOIN articles_speaker s ON s.id = w.speaker_id
LEFT JOIN annotations_biascategory b ON b.id = w.category_id
LEFT JOIN annotations_codebook k ON k.id = b.codebook_id
LEFT JOIN annotations_project j ON j.id = w.project_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0003_seed"),
        ("articles", "0002_laws"),
        ("newsdesk", "0001_initial"),
    ]

    operations = [migrations.RunSQL(CREATE, "DROP VIEW export_mark")]
