from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

from articles.anchoring.text import sentences

AT_ONCE = 200


def cut_up_what_was_read(apps: Any, _schema_editor: Any) -> None:
    """Where the sentences begin of texts that the desk has begun to read."""
    revision, kept = apps.get_model("articles", "Revision"), apps.get_model("annotations", "SentenceStarts")
    readings = apps.get_model("annotations", "Reading").objects.filter(project__is_default=True)
    read = revision.objects.filter(pk__in=readings.values("revision")).values_list("pk", "text")
    rows = (
        kept(revision_id=key, starts=[start for start, _end in sentences(text)])
        for key, text in read.iterator(chunk_size=AT_ONCE)
    )
    kept.objects.bulk_create(rows, batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0031_export_marks"),
        ("articles", "0018_publications"),
    ]

    operations = [
        migrations.CreateModel(
            name="SentenceStarts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "starts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=None, verbose_name="starts of sentences"
                    ),
                ),
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.revision"
                    ),
                ),
            ],
            options={
                "verbose_name": "starts of sentences",
                "verbose_name_plural": "starts of sentences",
                "default_permissions": (),
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="bc385dfdbea4c6cf12ba88afbf3b6fadbd3b2869",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_34bb4",
                            table="annotations_sentencestarts",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("starts__len__gte", 1)), name="read_text_has_sentences")
                ],
            },
        ),
        migrations.RunPython(cut_up_what_was_read, migrations.RunPython.noop),
    ]
