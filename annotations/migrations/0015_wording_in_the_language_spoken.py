"""The law on wording: printed words are refuted only against a capture of the speaker's own, in the language spoken."""

from django.db import migrations

LAW = """
CREATE FUNCTION wording_is_refuted_by_words_spoken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.verdict = 'refuted' AND EXISTS (
        SELECT FROM annotations_claim c LEFT JOIN articles_quote q ON q.id = c.quote_id
        WHERE c.id = NEW.claim_id AND c.claim_type = 'quote-wording' AND NOT EXISTS (
            SELECT FROM annotations_evidence e
            JOIN articles_snapshot n ON n.id = e.snapshot_id
            JOIN articles_source s ON s.id = n.source_id
            WHERE e.claim_id = c.id AND e.detached_at IS NULL AND n.basis IN ('capture', 'transcript')
                AND split_part(lower(s.language), '-', 1) = NULLIF(split_part(lower(q.language), '-', 1), '')
        )
    ) THEN
        RAISE EXCEPTION 'wording is refuted only against a capture of the words spoken, in the language spoken'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'wording_is_refuted_by_words_spoken';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER wording_is_refuted_by_words_spoken BEFORE INSERT OR UPDATE OF verdict ON annotations_factcheck
    FOR EACH ROW EXECUTE FUNCTION wording_is_refuted_by_words_spoken();
CREATE TRIGGER wording_is_refuted_by_words_spoken BEFORE INSERT ON annotations_deskverdict
    FOR EACH ROW EXECUTE FUNCTION wording_is_refuted_by_words_spoken();
"""

NO_LAW = """
DROP TRIGGER wording_is_refuted_by_words_spoken ON annotations_deskverdict;
DROP TRIGGER wording_is_refuted_by_words_spoken ON annotations_factcheck;
DROP FUNCTION wording_is_refuted_by_words_spoken();
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0014_claim_matches"), ("articles", "0013_draft_blocks")]

    operations = [migrations.RunSQL(LAW, NO_LAW)]
