"""Laws that Django cannot spell: composite foreign keys, checked at commit."""

from django.db import migrations

HEAD = """
ALTER TABLE articles_article ADD CONSTRAINT article_head_is_its_own_revision
    FOREIGN KEY (head_id, id) REFERENCES articles_revision (id, article_id) DEFERRABLE INITIALLY DEFERRED;
"""

CURRENT_ANCHOR = """
ALTER TABLE articles_currentanchor ADD CONSTRAINT current_anchor_is_of_its_span_and_revision
    FOREIGN KEY (anchor_id, span_id, revision_id) REFERENCES articles_anchor (id, span_id, revision_id)
    DEFERRABLE INITIALLY DEFERRED;
"""

QUOTE = """
ALTER TABLE articles_quote ADD CONSTRAINT quote_and_span_share_an_article
    FOREIGN KEY (span_id, article_id) REFERENCES articles_span (id, article_id) DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        migrations.RunSQL(HEAD, "ALTER TABLE articles_article DROP CONSTRAINT article_head_is_its_own_revision"),
        migrations.RunSQL(
            CURRENT_ANCHOR,
            "ALTER TABLE articles_currentanchor DROP CONSTRAINT current_anchor_is_of_its_span_and_revision",
        ),
        migrations.RunSQL(QUOTE, "ALTER TABLE articles_quote DROP CONSTRAINT quote_and_span_share_an_article"),
    ]
