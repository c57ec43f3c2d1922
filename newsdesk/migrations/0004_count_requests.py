"""How often each token came in the present minute of the clock.

The table is not logged: after a crash counting begins anew. A row that another transaction holds is not waited for, so
that no request with an Idempotency-Key, which is one transaction, keeps the others of its token waiting; such a
moment counts the committed number.
"""

from django.db import migrations

COUNT = """
CREATE UNLOGGED TABLE newsdesk_requestcount (
    token_id bigint PRIMARY KEY,
    minute timestamptz NOT NULL,
    counted integer NOT NULL
) WITH (fillfactor = 50);

CREATE FUNCTION newsdesk_count_request(asking bigint) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    present timestamptz := date_trunc('minute', clock_timestamp());
    result integer;
BEGIN
    UPDATE newsdesk_requestcount
    SET counted = CASE WHEN minute = present THEN counted + 1 ELSE 1 END, minute = present
    WHERE ctid = (SELECT ctid FROM newsdesk_requestcount WHERE token_id = asking FOR UPDATE SKIP LOCKED)
    RETURNING counted INTO result;
    IF result IS NULL THEN
        SELECT CASE WHEN minute = present THEN counted ELSE 1 END INTO result
        FROM newsdesk_requestcount WHERE token_id = asking;
    END IF;
    IF result IS NULL THEN
        INSERT INTO newsdesk_requestcount VALUES (asking, present, 1) ON CONFLICT DO NOTHING;
        result := 1;
    END IF;
    RETURN result;
END
$$;
"""
UNCOUNT = """
DROP FUNCTION newsdesk_count_request(bigint);
DROP TABLE newsdesk_requestcount;
"""


class Migration(migrations.Migration):
    dependencies = [("newsdesk", "0003_web_hook_deliveries")]
    operations = [migrations.RunSQL(COUNT, UNCOUNT)]
