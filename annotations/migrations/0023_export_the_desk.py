"""What is marked in a study is no annotation of the desk: it leaves with the study's own release."""

from importlib import import_module

from django.db import migrations

_FIRST = import_module("annotations.migrations.0004_export_mark")
_BEFORE = import_module("annotations.migrations.0018_export_what_is_not_blind")
_OF_THE_DESK = " AND j.is_default"


def _view(claims: str, tags: str) -> str:
    return f"CREATE OR REPLACE VIEW export_mark AS {_FIRST.QUOTES} UNION ALL {claims} UNION ALL {tags}"


class Migration(migrations.Migration):
    dependencies = [("annotations", "0022_studies")]

    operations = [
        migrations.RunSQL(
            _view(_BEFORE._CLAIMS + _OF_THE_DESK, _FIRST.TAGS + _OF_THE_DESK),
            _view(_BEFORE._CLAIMS, _FIRST.TAGS),
        )
    ]
