"""Exports say which reading of the article a bias tag comes out of."""

from importlib import import_module

from django.db import migrations

_FIRST = import_module("annotations.migrations.0004_export_mark")
_CLAIMS = import_module("annotations.migrations.0018_export_what_is_not_blind")._CLAIMS
_END = "\nFROM "

NOTHING = ",\n    NULL::text AS reading"
READING = """,
    (SELECT g.uid::text
     FROM annotations_reading g JOIN articles_revision v ON v.id = g.revision_id
     WHERE g.project_id = m.project_id AND g.created_by_id = m.created_by_id AND g.codebook_id = b.codebook_id
         AND v.article_id = m.article_id
     ORDER BY v.number DESC
     LIMIT 1) AS reading"""


def _with(layer: str, column: str) -> str:
    """The layer with one more column at the end."""
    columns, end, rest = layer.rpartition(_END + "annotations_biastag m")
    if not end:
        columns, end, rest = layer.rpartition(_END + "annotations_claim m")
    if not end:
        columns, end, rest = layer.rpartition(_END + "articles_quote m")
    return columns + column + end + rest


_VIEW = " UNION ALL ".join([_with(_FIRST.QUOTES, NOTHING), _with(_CLAIMS, NOTHING), _with(_FIRST.TAGS, READING)])
_BEFORE = " UNION ALL ".join([_FIRST.QUOTES, _CLAIMS, _FIRST.TAGS])


class Migration(migrations.Migration):
    dependencies = [("annotations", "0022_follow_ups_seek_claims_too")]

    operations = [
        migrations.RunSQL(
            f"CREATE OR REPLACE VIEW export_mark AS {_VIEW}",
            f"DROP VIEW export_mark; CREATE VIEW export_mark AS {_BEFORE}",
        )
    ]
