"""What is marked in a study is no annotation of the desk: it leaves with the study's own release."""

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("annotations.migrations.0023_export_readings")
_OF_THE_DESK = " AND j.is_default"
_QUOTES, _CLAIMS, _TAGS = (
    _BEFORE._with(_BEFORE._FIRST.QUOTES, _BEFORE.NOTHING),
    _BEFORE._with(_BEFORE._CLAIMS, _BEFORE.NOTHING),
    _BEFORE._with(_BEFORE._FIRST.TAGS, _BEFORE.READING),
)


def _view(claims: str, tags: str) -> str:
    return f"CREATE OR REPLACE VIEW export_mark AS {_QUOTES} UNION ALL {claims} UNION ALL {tags}"


class Migration(migrations.Migration):
    dependencies = [("annotations", "0027_agreement_measured")]

    operations = [migrations.RunSQL(_view(_CLAIMS + _OF_THE_DESK, _TAGS + _OF_THE_DESK), _view(_CLAIMS, _TAGS))]
