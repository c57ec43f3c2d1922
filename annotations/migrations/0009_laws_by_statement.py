"""One owner per span, looked at once for all rows of a statement; see articles.0010_laws_by_statement."""

from django.db import migrations

# A new owner is looked for among the owners of the two other kinds. The trigger of rows stays for changes, which are rare.
ONE_OWNER = """
CREATE FUNCTION spans_have_one_owner() RETURNS trigger LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    IF (TG_TABLE_NAME <> 'articles_quote'
            AND EXISTS (SELECT FROM written w JOIN articles_quote o ON o.span_id = w.span_id))
        OR (TG_TABLE_NAME <> 'annotations_claim'
            AND EXISTS (SELECT FROM written w JOIN annotations_claim o ON o.span_id = w.span_id))
        OR (TG_TABLE_NAME <> 'annotations_biastag'
            AND EXISTS (SELECT FROM written w JOIN annotations_biastag o ON o.span_id = w.span_id))
    THEN
        RAISE EXCEPTION 'a span belongs to one annotation' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
""" + "".join(
    f"""
DROP TRIGGER span_has_one_owner ON {table};
CREATE TRIGGER span_has_one_owner BEFORE UPDATE OF span_id ON {table}
    FOR EACH ROW EXECUTE FUNCTION span_has_one_owner();
CREATE TRIGGER spans_have_one_owner AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION spans_have_one_owner();
"""
    for table in ("articles_quote", "annotations_claim", "annotations_biastag")
)

ONE_OWNER_BY_ROW = (
    "".join(
        f"""
DROP TRIGGER spans_have_one_owner ON {table};
DROP TRIGGER span_has_one_owner ON {table};
CREATE TRIGGER span_has_one_owner BEFORE INSERT OR UPDATE OF span_id ON {table}
    FOR EACH ROW EXECUTE FUNCTION span_has_one_owner();
"""
        for table in ("articles_quote", "annotations_claim", "annotations_biastag")
    )
    + "DROP FUNCTION spans_have_one_owner();"
)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0008_fewer_indexes"), ("articles", "0010_laws_by_statement")]

    operations = [migrations.RunSQL(ONE_OWNER, ONE_OWNER_BY_ROW)]
