"""Laws that Django cannot spell: composite foreign keys, one owner per span, nobody reviews their own draft."""

from django.db import migrations

SAME_ARTICLE = """
ALTER TABLE annotations_claim ADD CONSTRAINT claim_and_span_share_an_article
    FOREIGN KEY (span_id, article_id) REFERENCES articles_span (id, article_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE annotations_biastag ADD CONSTRAINT bias_tag_and_span_share_an_article
    FOREIGN KEY (span_id, article_id) REFERENCES articles_span (id, article_id) DEFERRABLE INITIALLY DEFERRED;
"""

NOT_SAME_ARTICLE = """
ALTER TABLE annotations_claim DROP CONSTRAINT claim_and_span_share_an_article;
ALTER TABLE annotations_biastag DROP CONSTRAINT bias_tag_and_span_share_an_article;
"""

# A quote, a claim and a tag each own their span; the one-to-one keys hold within a table, this holds across them.
ONE_OWNER = """
CREATE FUNCTION span_has_one_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.span_id IS NOT NULL AND (
        (TG_TABLE_NAME <> 'articles_quote' AND EXISTS (SELECT FROM articles_quote WHERE span_id = NEW.span_id))
        OR (TG_TABLE_NAME <> 'annotations_claim' AND EXISTS (SELECT FROM annotations_claim WHERE span_id = NEW.span_id))
        OR (TG_TABLE_NAME <> 'annotations_biastag'
            AND EXISTS (SELECT FROM annotations_biastag WHERE span_id = NEW.span_id))
    ) THEN
        RAISE EXCEPTION 'a span belongs to one annotation' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER span_has_one_owner BEFORE INSERT OR UPDATE OF span_id ON articles_quote
    FOR EACH ROW EXECUTE FUNCTION span_has_one_owner();
CREATE TRIGGER span_has_one_owner BEFORE INSERT OR UPDATE OF span_id ON annotations_claim
    FOR EACH ROW EXECUTE FUNCTION span_has_one_owner();
CREATE TRIGGER span_has_one_owner BEFORE INSERT OR UPDATE OF span_id ON annotations_biastag
    FOR EACH ROW EXECUTE FUNCTION span_has_one_owner();
"""

NOT_ONE_OWNER = """
DROP TRIGGER span_has_one_owner ON articles_quote;
DROP TRIGGER span_has_one_owner ON annotations_claim;
DROP TRIGGER span_has_one_owner ON annotations_biastag;
DROP FUNCTION span_has_one_owner();
"""

# The review copies the authors by a foreign key that follows every change of them, so the check below is
# made again when somebody who reviewed starts to write.
SECOND_PERSON = """
ALTER TABLE annotations_factcheck ADD CONSTRAINT fact_check_and_its_authors UNIQUE (id, authors);
ALTER TABLE annotations_review ADD CONSTRAINT review_knows_the_authors
    FOREIGN KEY (fact_check_id, authors) REFERENCES annotations_factcheck (id, authors) ON UPDATE CASCADE;
ALTER TABLE annotations_review ADD CONSTRAINT no_reviewer_wrote_the_draft
    CHECK (NOT created_by_id = ANY (authors));
"""

NOT_SECOND_PERSON = """
ALTER TABLE annotations_review DROP CONSTRAINT no_reviewer_wrote_the_draft;
ALTER TABLE annotations_review DROP CONSTRAINT review_knows_the_authors;
ALTER TABLE annotations_factcheck DROP CONSTRAINT fact_check_and_its_authors;
"""

# Authors are only ever added, and a review changes in nothing but the authors it copies.
MONOTONE = """
CREATE FUNCTION authors_are_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT NEW.authors @> OLD.authors THEN
        RAISE EXCEPTION 'who wrote to a check stays its author' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER authors_are_only_added BEFORE UPDATE OF authors ON annotations_factcheck
    FOR EACH ROW EXECUTE FUNCTION authors_are_only_added();

CREATE FUNCTION review_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'authors' <> to_jsonb(OLD) - 'authors' THEN
        RAISE EXCEPTION 'a review is written once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER review_is_append_only BEFORE UPDATE ON annotations_review
    FOR EACH ROW EXECUTE FUNCTION review_is_append_only();
"""

NOT_MONOTONE = """
DROP TRIGGER review_is_append_only ON annotations_review;
DROP FUNCTION review_is_append_only();
DROP TRIGGER authors_are_only_added ON annotations_factcheck;
DROP FUNCTION authors_are_only_added();
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0001_initial"), ("articles", "0002_laws")]

    operations = [
        migrations.RunSQL(SAME_ARTICLE, NOT_SAME_ARTICLE),
        migrations.RunSQL(ONE_OWNER, NOT_ONE_OWNER),
        migrations.RunSQL(SECOND_PERSON, NOT_SECOND_PERSON),
        migrations.RunSQL(MONOTONE, NOT_MONOTONE),
    ]
