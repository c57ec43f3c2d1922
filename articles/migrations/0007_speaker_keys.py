"""Speakers are found by how their names sound, in any script; those that are there get these keys."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from articles.naming.keys import name_keys

AT_ONCE = 1_000
# Nobody changed anything about these speakers: no version rises, and no history is written of keys nobody reads.
SILENT = ("articles.Speaker:counted_versions", "articles.Speaker:changed_update")


def fill_keys(apps: Any, schema_editor: Any) -> None:
    speakers = apps.get_model("articles", "Speaker")._base_manager
    last = 0
    with pgtrigger.ignore(*SILENT):
        while batch := list(speakers.filter(pk__gt=last).order_by("pk").only("name", "aliases", "keys")[:AT_ONCE]):
            changed = []
            for speaker in batch:
                keys = name_keys([speaker.name, *speaker.aliases])
                if keys != speaker.keys:
                    speaker.keys = keys
                    changed.append(speaker)
            speakers.bulk_update(changed, ["keys"], batch_size=AT_ONCE)
            last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_suggestions")]

    operations = [
        migrations.RemoveIndex(model_name="speaker", name="speaker_name_keys"),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="speaker",
            index=GinIndex(fastupdate=False, fields=["keys"], name="speaker_name_keys"),
        ),
    ]
