"""The view that exports are written from: one row per live annotation, on the newest text of its article.

The three layers are joined one by one and then put together, not the other way round: the planner knows how many
quotes an article has, and nothing about a union.
"""

from django.db import migrations

PLACE = """
    a.uid::text AS article,
    r.headline,
    a.outlet::text AS outlet,
    r.number AS revision,
    r.text_sha256::text AS text_sha256,
    n.start,
    n."end",
    n.exact,
    n.state::text AS state"""

ORIGIN = """
    p.name::text AS annotator,
    p.uid::text AS annotator_uid,
    m.origin::text AS origin"""

# As datetime.isoformat writes it, with a Z: six digits of a second, whatever the time zone of the connection is.
MADE = """
    m.version,
    to_char(m.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at,
    m.created_at AS made_at,
    m.article_id"""

STANDING = """
JOIN articles_article a ON a.id = m.article_id
JOIN articles_revision r ON r.id = a.head_id
JOIN newsdesk_user p ON p.id = m.created_by_id
LEFT JOIN articles_currentanchor h ON h.span_id = m.span_id AND h.revision_id = a.head_id
LEFT JOIN articles_anchor n ON n.id = h.anchor_id"""

LIVE = "WHERE m.retracted_at IS NULL AND m.origin <> 'rejected'"

QUOTES = f"""
SELECT
    'quote'::text AS type,
    m.uid::text AS uid,{PLACE},
    s.name::text AS speaker,
    s.uid::text AS speaker_uid,
    m.kind::text AS kind,
    NULL::text AS level,
    NULL::text AS category,
    NULL::text[] AS secondary,
    NULL::smallint AS severity,
    NULL::smallint AS polarity,
    NULL::text AS target,
    NULL::text AS voice,
    NULL::text AS canonical,
    NULL::text AS claimant,
    NULL::text AS verdict,
    NULL::text AS rating,
    NULL::text[] AS qualifiers,{ORIGIN},
    NULL::text AS project,
    NULL::text AS codebook,{MADE},
    NULL::text AS check_state
FROM articles_quote m{STANDING}
LEFT JOIN articles_speaker s ON s.id = m.speaker_id
{LIVE}"""

# What a claim shows is decided in annotations.queries.checking.verdicts; here it is said once more in SQL, and a test holds
# the two together.
CLAIMS = f"""
SELECT
    'claim',
    m.uid::text,{PLACE},
    s.name::text,
    s.uid::text,
    m.claim_type::text,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    m.canonical,
    m.claimant_kind::text,
    CASE WHEN d.id IS NOT NULL THEN d.verdict ELSE f.verdict END::text,
    (SELECT g.name::text FROM annotations_rating g
     WHERE g.id = CASE WHEN d.id IS NOT NULL THEN d.rating_id ELSE f.rating_id END),
    CASE WHEN d.id IS NOT NULL THEN d.qualifiers ELSE f.qualifiers END::text[],{ORIGIN},
    j.slug::text,
    NULL,{MADE},
    CASE WHEN d.id IS NOT NULL THEN 'published' ELSE f.state::text END
FROM annotations_claim m{STANDING}
JOIN annotations_project j ON j.id = m.project_id
LEFT JOIN articles_speaker s ON s.id = m.speaker_id
LEFT JOIN LATERAL (
    SELECT id, verdict, rating_id, qualifiers
    FROM annotations_deskverdict
    WHERE claim_id = m.id
    ORDER BY number DESC
    LIMIT 1
) d ON true
LEFT JOIN LATERAL (
    SELECT state, verdict, rating_id, qualifiers
    FROM annotations_factcheck
    WHERE claim_id = m.id AND state <> 'withdrawn' AND verdict <> ''
    ORDER BY
        array_position(
            ARRAY['proposed', 'assigned', 'gathering', 'drafted', 'in_review', 'approved', 'corrected', 'published'],
            state::text
        ) DESC,
        id DESC
    LIMIT 1
) f ON true
{LIVE}"""

TAGS = f"""
SELECT
    'bias_tag',
    m.uid::text,{PLACE},
    NULL,
    NULL,
    NULL,
    m.level::text,
    b.slug::text,
    (SELECT array_agg(sb.slug::text ORDER BY sc.position)
     FROM annotations_secondarycategory sc JOIN annotations_biascategory sb ON sb.id = sc.category_id
     WHERE sc.tag_id = m.id),
    m.severity,
    m.polarity,
    m.target::text,
    m.voice::text,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,{ORIGIN},
    j.slug::text,
    k.name || ' ' || k.number,{MADE},
    NULL
FROM annotations_biastag m{STANDING}
JOIN annotations_project j ON j.id = m.project_id
JOIN annotations_biascategory b ON b.id = m.category_id
JOIN annotations_codebook k ON k.id = b.codebook_id
{LIVE}"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0003_seed"),
        ("articles", "0002_laws"),
        ("newsdesk", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            f"CREATE VIEW export_mark AS {QUOTES} UNION ALL {CLAIMS} UNION ALL {TAGS}", "DROP VIEW export_mark"
        )
    ]
