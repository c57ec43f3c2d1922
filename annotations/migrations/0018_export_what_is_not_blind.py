"""What was drafted blind is taken out by nobody while its round lasts; see annotations.permissions."""

from importlib import import_module

from django.db import migrations

_FIRST = import_module("annotations.migrations.0004_export_mark")
_SEEN = "WHERE claim_id = m.id AND state <> 'withdrawn' AND verdict <> ''"
_NOT_BLIND = """
        AND (
            state IN ('published', 'corrected')
            OR NOT EXISTS (SELECT FROM annotations_blindround b WHERE b.claim_id = m.id AND b.ended_at IS NULL)
        )"""
_CLAIMS = _FIRST.CLAIMS.replace(_SEEN, _SEEN + _NOT_BLIND)


def _view(claims: str) -> str:
    return f"CREATE OR REPLACE VIEW export_mark AS {_FIRST.QUOTES} UNION ALL {claims} UNION ALL {_FIRST.TAGS}"


class Migration(migrations.Migration):
    dependencies = [("annotations", "0017_publishing_laws")]

    operations = [migrations.RunSQL(_view(_CLAIMS), _view(_FIRST.CLAIMS))]
