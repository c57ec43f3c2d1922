"""What exports are written from: a function of the articles whose marks are wanted, in place of a view.

A view had to ask for secondary categories, readings, verdicts and checks mark by mark, which took more than half of the
time of an export. A function knows the articles and asks once for all of their marks. PostgreSQL puts its body in the
place of its call (SQL functions that are STABLE and not STRICT), so conditions on its rows reach the tables.

Columns are those of ``annotations.exports.record``, and by what exports are narrowed and sorted.
"""

from importlib import import_module

from django.db import migrations

_VIEW = import_module("annotations.migrations.0028_export_the_desk")

COLUMNS = """
    type text, uid text, article text, headline text, outlet text, revision integer, text_sha256 text, start integer,
    "end" integer, exact text, state text, speaker text, speaker_uid text, kind text, level text, category text,
    secondary text[], severity smallint, polarity smallint, target text, voice text, canonical text, claimant text,
    verdict text, rating text, qualifiers text[], annotator text, annotator_uid text, origin text, project text,
    codebook text, version integer, created_at text, made_at timestamptz, article_id bigint, check_state text,
    reading text"""

PLACE = """
    a.uid::text, r.headline, a.outlet::text, r.number::integer, r.text_sha256::text, n.start, n."end", n.exact,
    n.state::text"""

# The moment as datetime.isoformat writes it, with a Z: six digits of a second, whatever the time zone is.
MADE = """
    m.version, to_char(m.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), m.created_at, m.article_id"""

STANDING = """
JOIN articles_article a ON a.id = m.article_id
JOIN articles_revision r ON r.id = a.head_id
JOIN newsdesk_user p ON p.id = m.created_by_id
LEFT JOIN articles_currentanchor h ON h.span_id = m.span_id AND h.revision_id = a.head_id
LEFT JOIN articles_anchor n ON n.id = h.anchor_id"""

LIVE = "WHERE m.article_id = ANY (articles) AND m.retracted_at IS NULL AND m.origin <> 'rejected'"

QUOTES = f"""
SELECT
    'quote'::text, m.uid::text,{PLACE}, s.name::text, s.uid::text, m.kind::text,
    NULL::text, NULL::text, NULL::text[], NULL::smallint, NULL::smallint, NULL::text, NULL::text,
    NULL::text, NULL::text, NULL::text, NULL::text, NULL::text[],
    p.name::text, p.uid::text, m.origin::text, NULL::text, NULL::text,{MADE}, NULL::text, NULL::text
FROM articles_quote m{STANDING}
LEFT JOIN articles_speaker s ON s.id = m.speaker_id
{LIVE}"""

# What a claim shows is decided in annotations.queries.checking.verdicts; here it is said once more in SQL, and a test holds
# the two together. What was drafted blind is taken out by nobody while its round lasts.
CLAIMS = f"""
SELECT
    'claim'::text, m.uid::text,{PLACE}, s.name::text, s.uid::text, m.claim_type::text,
    NULL::text, NULL::text, NULL::text[], NULL::smallint, NULL::smallint, NULL::text, NULL::text,
    m.canonical, m.claimant_kind::text,
    CASE WHEN d.claim_id IS NOT NULL THEN d.verdict ELSE f.verdict END::text,
    CASE WHEN d.claim_id IS NOT NULL THEN d.rating ELSE f.rating END::text,
    CASE WHEN d.claim_id IS NOT NULL THEN d.qualifiers ELSE f.qualifiers END::text[],
    p.name::text, p.uid::text, m.origin::text, j.slug::text, NULL::text,{MADE},
    CASE WHEN d.claim_id IS NOT NULL THEN 'published' ELSE f.state::text END, NULL::text
FROM annotations_claim m{STANDING}
JOIN annotations_project j ON j.id = m.project_id AND j.is_default
LEFT JOIN articles_speaker s ON s.id = m.speaker_id
LEFT JOIN (
    SELECT DISTINCT ON (v.claim_id) v.claim_id, v.verdict, g.name AS rating, v.qualifiers
    FROM annotations_deskverdict v
    JOIN annotations_claim c ON c.id = v.claim_id
    JOIN annotations_rating g ON g.id = v.rating_id
    WHERE c.article_id = ANY (articles)
    ORDER BY v.claim_id, v.number DESC
) d ON d.claim_id = m.id
LEFT JOIN (
    SELECT DISTINCT ON (k.claim_id) k.claim_id, k.state, k.verdict, g.name AS rating, k.qualifiers
    FROM annotations_factcheck k
    JOIN annotations_claim c ON c.id = k.claim_id
    LEFT JOIN annotations_rating g ON g.id = k.rating_id
    WHERE c.article_id = ANY (articles) AND k.state <> 'withdrawn' AND k.verdict <> '' AND (
        k.state IN ('published', 'corrected')
        OR NOT EXISTS (SELECT FROM annotations_blindround b WHERE b.claim_id = k.claim_id AND b.ended_at IS NULL)
    )
    ORDER BY
        k.claim_id,
        array_position(
            ARRAY['proposed', 'assigned', 'gathering', 'drafted', 'in_review', 'approved', 'corrected', 'published'],
            k.state::text
        ) DESC,
        k.id DESC
) f ON f.claim_id = m.id
{LIVE}"""

TAGS = f"""
SELECT
    'bias_tag'::text, m.uid::text,{PLACE}, NULL::text, NULL::text, NULL::text,
    m.level::text, b.slug::text, y.secondary, m.severity, m.polarity, m.target::text, m.voice::text,
    NULL::text, NULL::text, NULL::text, NULL::text, NULL::text[],
    p.name::text, p.uid::text, m.origin::text, j.slug::text, k.name || ' ' || k.number,{MADE}, NULL::text,
    g.uid::text
FROM annotations_biastag m{STANDING}
JOIN annotations_project j ON j.id = m.project_id AND j.is_default
JOIN annotations_biascategory b ON b.id = m.category_id
JOIN annotations_codebook k ON k.id = b.codebook_id
LEFT JOIN (
    SELECT x.tag_id, array_agg(c.slug::text ORDER BY x.position) AS secondary
    FROM annotations_secondarycategory x
    JOIN annotations_biascategory c ON c.id = x.category_id
    JOIN annotations_biastag t ON t.id = x.tag_id
    WHERE t.article_id = ANY (articles)
    GROUP BY x.tag_id
) y ON y.tag_id = m.id
LEFT JOIN (
    SELECT DISTINCT ON (v.article_id, e.project_id, e.created_by_id, e.codebook_id)
        v.article_id, e.project_id, e.created_by_id, e.codebook_id, e.uid
    FROM annotations_reading e
    JOIN articles_revision v ON v.id = e.revision_id
    WHERE v.article_id = ANY (articles)
    ORDER BY v.article_id, e.project_id, e.created_by_id, e.codebook_id, v.number DESC
) g ON g.article_id = m.article_id AND g.project_id = m.project_id AND g.created_by_id = m.created_by_id
    AND g.codebook_id = b.codebook_id
{LIVE}"""

FUNCTION = f"""
CREATE FUNCTION export_marks(articles bigint[]) RETURNS TABLE ({COLUMNS}) LANGUAGE sql STABLE AS $$
{QUOTES}
UNION ALL
{CLAIMS}
UNION ALL
{TAGS}
$$;
DROP VIEW export_mark;
"""
VIEW = f"""
{_VIEW._view(_VIEW._CLAIMS + _VIEW._OF_THE_DESK, _VIEW._TAGS + _VIEW._OF_THE_DESK)};
DROP FUNCTION export_marks(bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0030_datasets_and_settlements")]

    operations = [migrations.RunSQL(FUNCTION, VIEW)]
