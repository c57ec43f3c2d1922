"""The words of passages are in a table of their own; see 0014_passage_words."""

from django.db import migrations

from articles.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0014_passage_words"),
    ]

    operations = [
        Together(
            [
                migrations.RemoveIndex(
                    model_name="passage",
                    name="passage_words",
                ),
                migrations.RemoveField(
                    model_name="passage",
                    name="words",
                ),
            ]
        ),
    ]
