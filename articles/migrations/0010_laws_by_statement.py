"""Laws of spans and anchors that look at all rows of a statement at once.

A row at a time they were the dearest part of an import. The functions tell the planner to go by the indexes: their plans
are kept for as long as a session lives, and one that was made while the tables were small would read them whole.
"""

import pgtrigger.migrations
from django.db import migrations

from articles.migrating import Together

BY_INDEXES = "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off"

# Its article is held, so that whoever moves the head meanwhile waits and then sees the span. Further than the statement
# the law is kept by the current anchors, which stay where they are, and by spans_stand_on_the_head.
SPAN = f"""
CREATE FUNCTION span_stands_on_the_head() RETURNS trigger LANGUAGE plpgsql {BY_INDEXES} AS $$
DECLARE
    astray uuid;
BEGIN
    PERFORM FROM articles_article a WHERE a.id IN (SELECT article_id FROM written) ORDER BY a.id FOR KEY SHARE;
    SELECT w.uid INTO astray
    FROM written w
    LEFT JOIN articles_article a ON a.id = w.article_id
    LEFT JOIN articles_currentanchor c ON c.span_id = w.id AND c.revision_id = a.head_id
    WHERE c.id IS NULL LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'span % has no anchor on the newest revision of its article', astray
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER span_stands_on_the_head AFTER INSERT ON articles_span
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION span_stands_on_the_head();
"""

NOT_SPAN = "DROP TRIGGER span_stands_on_the_head ON articles_span; DROP FUNCTION span_stands_on_the_head();"

# Cutting a long text for each anchor would cost its whole length every time, so where many anchors come together
# the blocks are walked once, in the order of the offsets, and the words are cut out of the block they are in.
ANCHOR = f"""
CREATE FUNCTION exact_is_in_the_text() RETURNS trigger LANGUAGE plpgsql {BY_INDEXES} AS $$
DECLARE
    anchor record;
    revision record;
    of_revision bigint;
    blocks text[];
    block integer;
    block_start integer;
    block_length integer;
    words text;
BEGIN
    FOR anchor IN
        SELECT w.revision_id, w.start, w."end", w.exact, w.uid, s.article_id,
            count(*) OVER (PARTITION BY w.revision_id) AS anchors
        FROM written w LEFT JOIN articles_span s ON s.id = w.span_id
        ORDER BY w.revision_id, w.start NULLS LAST
    LOOP
        IF anchor.revision_id IS DISTINCT FROM of_revision THEN
            of_revision := anchor.revision_id;
            SELECT r.article_id, r.text INTO revision FROM articles_revision r WHERE r.id = of_revision;
            blocks := CASE WHEN anchor.anchors > 2 THEN string_to_array(revision.text, E'\\n\\n') END;
            block := 1;
            block_start := 0;
            block_length := char_length(blocks[1]);
        END IF;
        IF anchor.article_id IS NULL OR anchor.article_id IS DISTINCT FROM revision.article_id THEN
            RAISE EXCEPTION 'anchor % joins a span and a revision of two articles', anchor.uid
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        CONTINUE WHEN anchor.start IS NULL;
        WHILE blocks IS NOT NULL AND block < cardinality(blocks)
            AND anchor.start >= block_start + block_length + 2
        LOOP
            block_start := block_start + block_length + 2;
            block := block + 1;
            block_length := char_length(blocks[block]);
        END LOOP;
        IF blocks IS NOT NULL AND anchor.start >= block_start AND anchor."end" <= block_start + block_length THEN
            words := substr(blocks[block], anchor.start - block_start + 1, anchor."end" - anchor.start);
        ELSE
            words := substr(revision.text, anchor.start + 1, anchor."end" - anchor.start);
        END IF;
        IF words IS DISTINCT FROM anchor.exact THEN
            RAISE EXCEPTION 'anchor % does not stand on the words it names', anchor.uid
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER exact_is_in_the_text AFTER INSERT ON articles_anchor
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION exact_is_in_the_text();
"""

NOT_ANCHOR = "DROP TRIGGER exact_is_in_the_text ON articles_anchor; DROP FUNCTION exact_is_in_the_text();"


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_fewer_indexes")]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(model_name="anchor", name="exact_is_in_the_text"),
                pgtrigger.migrations.RemoveTrigger(model_name="span", name="span_stands_on_the_head"),
            ]
        ),
        migrations.RunSQL(SPAN, NOT_SPAN),
        migrations.RunSQL(ANCHOR, NOT_ANCHOR),
    ]
