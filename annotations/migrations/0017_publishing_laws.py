"""How a check may move, and what a verdict of the desk rests on: held by the database, whoever writes."""

from django.db import migrations

# As annotations.operations.checking.checklaws.MOVES; a test holds the two together. Until somebody has drafted a verdict, a
# check may be handed to and fro; what is over stays over.
MOVES = """
CREATE FUNCTION check_may_move(was text, now text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE was
        WHEN 'proposed' THEN now IN ('assigned', 'gathering', 'drafted', 'withdrawn')
        WHEN 'assigned' THEN now IN ('proposed', 'gathering', 'drafted', 'withdrawn')
        WHEN 'gathering' THEN now IN ('proposed', 'assigned', 'drafted', 'withdrawn')
        WHEN 'drafted' THEN now IN ('gathering', 'in_review', 'withdrawn')
        WHEN 'in_review' THEN now IN ('gathering', 'drafted', 'approved', 'withdrawn')
        WHEN 'approved' THEN now IN ('drafted', 'in_review', 'published', 'withdrawn')
        WHEN 'published' THEN now IN ('corrected', 'withdrawn')
        ELSE false
    END
$$;

CREATE FUNCTION check_moves_by_the_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    approvals integer;
    needed integer;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state NOT IN ('proposed', 'assigned', 'gathering') THEN
            RAISE EXCEPTION 'a check begins before its draft, not as %', NEW.state
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    END IF;
    IF NEW.state = OLD.state THEN
        RETURN NULL;
    END IF;
    IF NOT check_may_move(OLD.state, NEW.state) THEN
        RAISE EXCEPTION 'a check does not move from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state = 'approved' THEN
        SELECT count(DISTINCT created_by_id) INTO approvals FROM annotations_review
            WHERE fact_check_id = NEW.id AND decision = 'approve' AND version_seen = OLD.version;
        SELECT CASE risk WHEN 'high' THEN 2 ELSE 1 END INTO needed FROM annotations_claim WHERE id = NEW.claim_id;
        IF approvals < needed THEN
            RAISE EXCEPTION 'a check is approved by second persons: % of %', approvals, needed
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF NEW.state = 'published' AND NOT EXISTS (
        SELECT FROM annotations_restingon WHERE fact_check_id = NEW.id AND version_seen = OLD.version
    ) THEN
        RAISE EXCEPTION 'a check is published with a verdict that rests on it'
            USING ERRCODE = 'integrity_constraint_violation';
    ELSIF NEW.state = 'corrected' AND NOT EXISTS (
        SELECT FROM annotations_restingon r
        JOIN annotations_deskverdict d ON d.id = r.desk_verdict_id
        JOIN annotations_deskverdict later ON later.claim_id = d.claim_id AND later.number > d.number
        WHERE r.fact_check_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'a check is corrected by a later verdict' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER check_moves_by_the_rules AFTER INSERT OR UPDATE OF state ON annotations_factcheck
    FOR EACH ROW EXECUTE FUNCTION check_moves_by_the_rules();
"""

NOT_MOVES = """
DROP TRIGGER check_moves_by_the_rules ON annotations_factcheck;
DROP FUNCTION check_moves_by_the_rules();
DROP FUNCTION check_may_move(text, text);
"""

REVIEW = """
CREATE FUNCTION review_is_of_a_draft_in_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM annotations_factcheck
        WHERE id = NEW.fact_check_id AND state = 'in_review' AND version = NEW.version_seen
    ) THEN
        RAISE EXCEPTION 'a review is of the draft that is in review' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER review_is_of_a_draft_in_review AFTER INSERT ON annotations_review
    FOR EACH ROW EXECUTE FUNCTION review_is_of_a_draft_in_review();
"""

NOT_REVIEW = """
DROP TRIGGER review_is_of_a_draft_in_review ON annotations_review;
DROP FUNCTION review_is_of_a_draft_in_review();
"""

# Looked at when the ground of a verdict is written, and of the verdict itself when its transaction commits.
GROUND = """
CREATE FUNCTION reply_is_settled(claim bigint, moment timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM annotations_reply r
        WHERE r.claim_id = claim AND r.retracted_at IS NULL
            AND (r.answer <> '' OR r.not_asked_reason <> '' OR r.deadline <= moment)
    )
$$;

CREATE FUNCTION verdict_rests_on_ground() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked annotations_factcheck;
    said annotations_deskverdict;
BEGIN
    SELECT * INTO checked FROM annotations_factcheck WHERE id = NEW.fact_check_id;
    SELECT * INTO said FROM annotations_deskverdict WHERE id = NEW.desk_verdict_id;
    IF checked.claim_id <> said.claim_id THEN
        RAISE EXCEPTION 'a verdict rests on checks of its claim' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF checked.state <> 'approved' OR checked.version <> NEW.version_seen THEN
        RAISE EXCEPTION 'a verdict rests on an approved check as it stands'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF checked.verdict = 'not_enough_evidence' AND jsonb_array_length(checked.search_log) > 0 THEN
        NULL;
    ELSIF NOT EXISTS (
        SELECT FROM annotations_evidence WHERE claim_id = said.claim_id AND detached_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a verdict rests on evidence, or on a logged search'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF checked.verdict <> 'not_enough_evidence' THEN
        IF NOT EXISTS (
            SELECT FROM annotations_evidence e JOIN articles_snapshot s ON s.id = e.snapshot_id
            WHERE e.claim_id = said.claim_id AND e.detached_at IS NULL AND s.basis IN ('capture', 'transcript')
        ) THEN
            RAISE EXCEPTION 'a published rating rests on a capture or a transcript'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF checked.one_source_reason !~ '\\S' AND 2 > (
            SELECT count(DISTINCT coalesce(nullif(o.publisher, ''), o.id::text))
            FROM annotations_evidence e
            JOIN articles_snapshot s ON s.id = e.snapshot_id
            JOIN articles_source o ON o.id = s.source_id
            WHERE e.claim_id = said.claim_id AND e.detached_at IS NULL
        ) THEN
            RAISE EXCEPTION 'a published rating rests on two sources, or says why one suffices'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF EXISTS (SELECT FROM annotations_rating WHERE id = said.rating_id AND asks_for_reply)
        AND EXISTS (
            SELECT FROM annotations_claim c JOIN articles_speaker p ON p.id = c.speaker_id
            WHERE c.id = said.claim_id AND p.kind IN ('person', 'organisation')
        )
        AND NOT reply_is_settled(said.claim_id, said.created_at)
    THEN
        RAISE EXCEPTION 'whoever is named was heard, let the deadline pass, or was not asked for a reason'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER verdict_rests_on_ground AFTER INSERT ON annotations_restingon
    FOR EACH ROW EXECUTE FUNCTION verdict_rests_on_ground();

CREATE FUNCTION verdict_has_a_ground() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM annotations_restingon WHERE desk_verdict_id = NEW.id) THEN
        RAISE EXCEPTION 'a verdict rests on a check' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER verdict_has_a_ground AFTER INSERT ON annotations_deskverdict
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION verdict_has_a_ground();
"""

NOT_GROUND = """
DROP TRIGGER verdict_has_a_ground ON annotations_deskverdict;
DROP FUNCTION verdict_has_a_ground();
DROP TRIGGER verdict_rests_on_ground ON annotations_restingon;
DROP FUNCTION verdict_rests_on_ground();
DROP FUNCTION reply_is_settled(bigint, timestamptz);
"""

# What was published keeps its words: a rating is retired, and another one has the new words.
RATING = """
CREATE FUNCTION rating_keeps_its_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.scale_id, NEW.slug, NEW.name, NEW.verdicts, NEW.since)
        IS DISTINCT FROM (OLD.scale_id, OLD.slug, OLD.name, OLD.verdicts, OLD.since)
    THEN
        RAISE EXCEPTION 'the words of a rating never change' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.retired_at IS NOT NULL THEN
        RAISE EXCEPTION 'a retired rating stays as it was' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rating_keeps_its_words BEFORE UPDATE ON annotations_rating
    FOR EACH ROW EXECUTE FUNCTION rating_keeps_its_words();
"""

NOT_RATING = """
DROP TRIGGER rating_keeps_its_words ON annotations_rating;
DROP FUNCTION rating_keeps_its_words();
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0016_replies_and_methods"), ("articles", "0015_passages_without_words")]

    operations = [
        migrations.RunSQL(MOVES, NOT_MOVES),
        migrations.RunSQL(REVIEW, NOT_REVIEW),
        migrations.RunSQL(GROUND, NOT_GROUND),
        migrations.RunSQL(RATING, NOT_RATING),
    ]
